package org.saminversion.inversion.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

class NpzFileTest {
    private static final Tensor IMAGES = Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f);
    private static final Tensor LABELS = Tensor.of(Shape.of(3), 7L, 8L, 9L);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arraysAreReadByName(boolean deflated) throws IOException {
        Path path = folder.resolve("data.npz");
        Files.write(path, npz(deflated, Map.of("images.npy", IMAGES, "labels.npy", LABELS)));
        try (NpzFile file = NpzFile.open(path)) {
            assertEquals(Set.of("images", "labels"), file.names());
            assertEquals(IMAGES, file.tensor("images"));
            assertEquals(LABELS, file.tensor("labels"));
            JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> file.tensor("image"));
            assertTrue(failure.getMessage().contains("images"), failure.getMessage());
        }
    }

    @Test
    void aDamagedByteIsNoticedByItsChecksum() throws IOException {
        byte[] bytes = npz(false, Map.of("images.npy", IMAGES));
        int array = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("NUMPY") - 1;
        bytes[array + NpyFile.toBytes(IMAGES).length - 1] ^= 1;
        Path path = Files.write(folder.resolve("data.npz"), bytes);
        try (NpzFile file = NpzFile.open(path)) {
            JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> file.tensor("images"));
            assertTrue(failure.getMessage().contains("checksum"), failure.getMessage());
        }
    }

    @Test
    void whatIsNotAnArchiveIsRefused() throws IOException {
        Path path = Files.writeString(folder.resolve("data.npz"), "not a zip");
        assertThrows(JobFailure.Rejected.class, () -> NpzFile.open(path));
        assertThrows(JobFailure.Rejected.class, () -> NpzFile.open(folder.resolve("absent.npz")));
    }

    @Test
    void damagedFilesAreReadOrRefusedButNothingElse() throws IOException {
        long seed = 3;
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (boolean deflated : new boolean[] {false, true}) {
            byte[] original = npz(deflated, Map.of("images.npy", IMAGES, "labels.npy", LABELS));
            for (int i = 0; i < 1_500; i++) {
                Path path = folder.resolve("seed" + seed + "-" + deflated + "-" + i + ".npz");
                Files.write(path, Mutations.mutate(original, random));
                try (NpzFile file = NpzFile.open(path)) {
                    file.names().forEach(file::tensor);
                } catch (JobFailure.Rejected expected) {
                    refused++;
                }
                Files.delete(path);
            }
        }
        assertTrue(refused > 1_000, "only " + refused + " of the damaged files were refused");
    }

    private static byte[] npz(boolean deflated, Map<String, Tensor> arrays) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Tensor> array : new TreeMap<>(arrays).entrySet()) {
                byte[] npy = NpyFile.toBytes(array.getValue());
                ZipEntry entry = new ZipEntry(array.getKey());
                if (!deflated) {
                    CRC32 checksum = new CRC32();
                    checksum.update(npy);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(npy.length);
                    entry.setCrc(checksum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(npy);
            }
        }
        return bytes.toByteArray();
    }
}
