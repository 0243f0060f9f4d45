package org.saminversion.standalone.cli.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.failure.JobFailure;

class BatchInputTest {
    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    @BeforeEach
    void aFolderOfFiles() throws IOException {
        Files.createDirectories(folder.resolve("rack"));
        Files.writeString(folder.resolve("rack/b.png"), "b");
        Files.writeString(folder.resolve("a.png"), "a");
        Files.writeString(folder.resolve(".hidden"), "not for others");
    }

    @Test
    void theSameFolderIsPackedToTheSameBytes() throws IOException {
        BatchInput input = BatchInput.of(folder);
        assertEquals("zip", input.format());
        byte[] first = Files.readAllBytes(input.packed(scratch));
        assertArrayEquals(first, Files.readAllBytes(input.packed(scratch)));
        try (ZipFile zip = new ZipFile(input.packed(scratch).toFile())) {
            assertEquals(
                    List.of("a.png", "rack/b.png"),
                    zip.stream().map(ZipEntry::getName).toList());
        }
    }

    @Test
    void aFileThatChangedMakesItAnotherCatalogue() throws IOException {
        String before = BatchInput.of(folder).fingerprint();
        assertEquals(before, BatchInput.of(folder).fingerprint());
        Files.writeString(folder.resolve("rack/b.png"), "another picture");
        assertNotEquals(before, BatchInput.of(folder).fingerprint());
    }

    @Test
    void theNameTellsTheFormatOfAFile() throws IOException {
        assertEquals("jsonl", BatchInput.of(file("x.ndjson")).format());
        assertEquals("urls", BatchInput.of(file("x.TXT")).format());
        assertEquals("csv", BatchInput.of(file("x.csv")).format());
        assertThrows(JobFailure.Rejected.class, () -> BatchInput.of(file("x.docx")));
        assertThrows(JobFailure.Rejected.class, () -> BatchInput.of(folder.resolve("nowhere")));
    }

    private Path file(String name) throws IOException {
        return Files.writeString(scratch.resolve(name), "");
    }
}
