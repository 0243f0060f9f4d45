package org.saminversion.standalone.cli.frame;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that results go to. */
public final class OutputFolder {
    private static final byte[] PROBE = new byte[4096];

    private OutputFolder() {}

    /** Makes the folder and fails now, before minutes of work, if nothing can be written there. */
    public static Path ready(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new AccessDeniedException(folder.toString());
        }
        // Permission bits do not tell of a read-only or full disk; a file does.
        Path probe = folder.resolve(".probe-" + ProcessHandle.current().pid());
        try {
            Files.write(probe, PROBE);
        } finally {
            Files.deleteIfExists(probe);
        }
        return folder;
    }

    /** Removes what a killed run began to write, see {@link org.saminversion.inversion.file.AtomicFile}. */
    public static void removeUnfinished(Path folder) throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, ".*.part")) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        }
    }
}
