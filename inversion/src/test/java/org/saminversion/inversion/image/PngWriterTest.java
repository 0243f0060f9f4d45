package org.saminversion.inversion.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.failure.JobFailure;

class PngWriterTest {
    @TempDir
    Path folder;

    @Test
    void aPictureIsReplacedAsAWhole() throws IOException {
        Path file = folder.resolve("a.png");
        PngWriter.write(ImageFiles.formula(3, 2), file);
        PngWriter.write(ImageFiles.formula(9, 9), file);
        assertEquals(ImageFiles.formula(9, 9), ImageReader.read(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing half-written is left");
        }
    }

    @Test
    void theSamePictureGivesTheSameBytes() {
        assertArrayEquals(PngWriter.toBytes(ImageFiles.formula(50, 40)), PngWriter.toBytes(ImageFiles.formula(50, 40)));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        JobFailure.Transient failure = assertThrows(
                JobFailure.Transient.class, () -> PngWriter.write(ImageFiles.formula(3, 2), inTheWay.resolve("a.png")));
        assertTrue(failure.getMessage().contains("a.png"), failure.getMessage());
    }
}
