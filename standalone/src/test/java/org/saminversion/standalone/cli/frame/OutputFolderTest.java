package org.saminversion.standalone.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    /** Linux: every write to it fails as on a full disk. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    @Test
    void missingFoldersAreMadeAndNothingIsLeftInThem() throws IOException {
        Path made = OutputFolder.ready(folder.resolve("a/b"));
        try (Stream<Path> content = Files.list(made)) {
            assertEquals(0, content.count());
        }
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("results"), "");
        IOException trouble = assertThrows(IOException.class, () -> OutputFolder.ready(file));
        assertEquals(file + " exists and is not a folder: choose another path", ExitCode.explain(trouble));
    }

    @Test
    void aFullDiskIsSaidInOneLine() {
        assumeTrue(Files.exists(FULL));
        IOException trouble = assertThrows(IOException.class, () -> Files.write(FULL, new byte[1]));
        String line = ExitCode.explain(trouble);
        assertTrue(line.startsWith("the disk is full"), line);
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidInOneLine() {
        IOException trouble = assertThrows(IOException.class, () -> OutputFolder.ready(Path.of("/proc/sam")));
        String line = ExitCode.explain(trouble);
        assertTrue(line.contains("/proc/sam"), line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void whatAKilledRunBeganIsRemovedAndNothingElse() throws IOException {
        Files.writeString(folder.resolve(".map.png.1234.part"), "half");
        Files.writeString(folder.resolve("map.png"), "whole");
        OutputFolder.removeUnfinished(folder);
        try (Stream<Path> content = Files.list(folder)) {
            assertEquals(
                    List.of("map.png"),
                    content.map(file -> file.getFileName().toString()).toList());
        }
    }
}
