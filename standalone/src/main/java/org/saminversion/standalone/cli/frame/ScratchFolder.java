package org.saminversion.standalone.cli.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is deleted with all that is in it. */
public record ScratchFolder(Path path) implements AutoCloseable {
    /** A new one in the folder of the system for such. */
    public static ScratchFolder create() throws IOException {
        return new ScratchFolder(Files.createTempDirectory("sam-bench"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
