package org.saminversion.inversion.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

class NpyFileTest {
    @TempDir
    private Path folder;

    @Test
    void theHeaderIsTheOneThatNumPyWrites() {
        byte[] bytes = NpyFile.toBytes(Tensor.of(Shape.of(1, 2), 1f, 2f));
        assertEquals(128 + 8, bytes.length);
        assertEquals(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
                new String(bytes, 10, 118, StandardCharsets.US_ASCII).strip());
        assertTrue(text(Tensor.of(Shape.of(3), 1, 2, 3)).contains("'shape': (3,), "));
        assertTrue(text(Tensor.scalar(1)).contains("'shape': (), "));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Tensor[] tensors = {
            Tensor.of(Shape.of(2, 3), 1f, 2f, 3f, 4f, 5f, Float.NaN),
            Tensor.of(Shape.of(2), 1e300, -1e-300),
            Tensor.of(Shape.of(1, 2, 1), 5, Integer.MIN_VALUE),
            Tensor.of(Shape.of(1), Long.MIN_VALUE),
            Tensor.of(ElementType.UINT8, Shape.of(2), ByteBuffer.wrap(new byte[] {1, -1})),
            Tensor.of(ElementType.BOOL, Shape.of(2), ByteBuffer.wrap(new byte[] {1, 0})),
            Tensor.scalar(3f),
            Tensor.zeros(Shape.of(0, 7))
        };
        for (Tensor tensor : tensors) {
            NpyFile.write(folder.resolve("x.npy"), tensor);
            assertEquals(tensor, NpyFile.read(folder.resolve("x.npy")));
            assertEquals(tensor, NpyFile.parse(ByteBuffer.wrap(NpyFile.toBytes(tensor)), "memory"));
        }
    }

    @ParameterizedTest
    @CsvSource({"<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "<i4", ">i4", "<i8", ">i8", "|u1", "|b1"})
    void everyElementTypeIsReadInBothByteOrders(String description) {
        ByteBuffer data = ByteBuffer.allocate(16)
                .order(description.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        switch (description.substring(1)) {
            case "f2" -> data.putShort((short) 0x3c00).putShort((short) 0);
            case "f4" -> data.putFloat(1).putFloat(0);
            case "f8" -> data.putDouble(1).putDouble(0);
            case "i4" -> data.putInt(1).putInt(0);
            case "i8" -> data.putLong(1).putLong(0);
            default -> data.put((byte) 1).put((byte) 0);
        }
        byte[] exact = new byte[data.flip().remaining()];
        data.get(exact);
        Tensor tensor = parse(1, "{'descr': '" + description + "', 'fortran_order': False, 'shape': (2,)}", exact);
        boolean floating = description.charAt(1) == 'f';
        assertArrayEquals(
                new double[] {1, 0},
                floating
                        ? tensor.toDoubles()
                        : Arrays.stream(tensor.toInts()).asDoubleStream().toArray());
    }

    @Test
    void fortranOrderIsTurnedIntoRowMajor() {
        byte[] data = {0, 3, 1, 4, 2, 5};
        Tensor tensor = parse(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", data);
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, tensor.toInts());
    }

    @Test
    void versionsTwoAndThreeAndOtherKeyOrdersAreRead() {
        String dictionary = "{'shape': (2L, 1), 'fortran_order': False, 'descr': '|u1'}\n";
        for (int version : new int[] {2, 3}) {
            assertEquals(Shape.of(2, 1), parse(version, dictionary, new byte[2]).shape());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Python objects | {'descr': '=O', 'fortran_order': False, 'shape': (2,), } | elements are '=O'",
                "a record type | {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), } | simple array",
                "complex numbers | {'descr': '<c8', 'fortran_order': False, 'shape': (1,), } | '<c8'",
                "a shape larger than the data | {'descr': '<f4', 'fortran_order': False, 'shape': (3,), } | needs 12 bytes",
                "a shape smaller than the data | {'descr': '<f4', 'fortran_order': False, 'shape': (1,), } | needs 4 bytes",
                "an overflowing shape | {'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), } | impossible shape",
                "a size past 64 bits | {'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } | shape cannot be read",
                "a negative size | {'descr': '<f4', 'fortran_order': False, 'shape': (-2,), } | simple array",
                "a missing key | {'descr': '<f4', 'shape': (2,), } | simple array",
                "an extra key | {'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1} | simple array",
                "a key twice | {'descr': '<f4', 'descr': '<f4', 'shape': (2,), } | simple array",
                "code | __import__('os') | simple array"
            })
    void aLyingHeaderIsRefused(String name, String dictionary, String complaint) {
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> parse(1, dictionary, new byte[8]));
        assertEquals("file-invalid", failure.kind());
        assertTrue(failure.getMessage().contains(complaint), failure.getMessage());
    }

    @Test
    void otherFilesAndCutOnesAreRefused() {
        byte[] whole = NpyFile.toBytes(Tensor.of(Shape.of(2), 1f, 2f));
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
            assertThrows(JobFailure.Rejected.class, () -> NpyFile.parse(cut, "cut.npy"), "cut at " + length);
        }
        assertThrows(JobFailure.Rejected.class, () -> NpyFile.read(folder.resolve("absent.npy")));
    }

    @Test
    void damagedFilesAreReadOrRefusedButNothingElse() {
        byte[] original = NpyFile.toBytes(Tensor.of(Shape.of(2, 3), 1f, 2f, 3f, 4f, 5f, 6f));
        long seed = 2;
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            try {
                NpyFile.parse(ByteBuffer.wrap(Mutations.mutate(original, random)), "seed " + seed + ", mutation " + i);
            } catch (JobFailure.Rejected expected) {
                refused++;
            }
        }
        assertTrue(refused > 1_500, "only " + refused + " of the damaged files were refused");
    }

    private static String text(Tensor tensor) {
        return new String(NpyFile.toBytes(tensor), StandardCharsets.ISO_8859_1);
    }

    private static Tensor parse(int version, String dictionary, byte[] data) {
        return NpyFile.parse(ByteBuffer.wrap(file(version, dictionary, data)), "x.npy");
    }

    private static byte[] file(int version, String dictionary, byte[] data) {
        byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer start = ByteBuffer.allocate(version == 1 ? 10 : 12).order(ByteOrder.LITTLE_ENDIAN);
        start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            start.putShort((short) text.length);
        } else {
            start.putInt(text.length);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(start.array());
        bytes.writeBytes(text);
        bytes.writeBytes(data);
        return bytes.toByteArray();
    }
}
