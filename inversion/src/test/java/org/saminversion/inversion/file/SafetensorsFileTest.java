package org.saminversion.inversion.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

class SafetensorsFileTest {
    @TempDir
    private Path folder;

    private static final Map<String, Tensor> EVERY_TYPE = Map.of(
            "weights", Tensor.of(Shape.of(2, 3), 1f, -2f, 3.5f, Float.NaN, Float.NEGATIVE_INFINITY, -0f),
            "doubles", Tensor.of(Shape.of(2), 1e300, -1e-300),
            "ints", Tensor.of(Shape.of(3), 1, Integer.MIN_VALUE, Integer.MAX_VALUE),
            "longs", Tensor.of(Shape.of(1, 1), Long.MIN_VALUE),
            "bytes", Tensor.of(ElementType.UINT8, Shape.of(3), ByteBuffer.wrap(new byte[] {0, 127, -1})),
            "flags", Tensor.of(ElementType.BOOL, Shape.of(2), ByteBuffer.wrap(new byte[] {0, 1})),
            "scalar", Tensor.scalar(7f),
            "empty", Tensor.zeros(Shape.of(0, 5)));

    @Test
    void whatIsWrittenIsReadBack() {
        SafetensorsFile file = SafetensorsFile.of(EVERY_TYPE, Map.of("bundle", "faces64", "note", "äöü \"quoted\""));
        Path path = folder.resolve("all.safetensors");
        file.write(path);
        assertEquals(file, SafetensorsFile.read(path));
        assertEquals(file, SafetensorsFile.parse(ByteBuffer.wrap(file.toBytes()), "memory"));
    }

    @Test
    void equalContentsGiveEqualBytesAndAlignedData() {
        byte[] bytes = SafetensorsFile.of(EVERY_TYPE, Map.of()).toBytes();
        assertArrayEquals(bytes, SafetensorsFile.of(EVERY_TYPE, Map.of()).toBytes());
        long headerLength =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, headerLength % 8);
    }

    @Test
    void readsAFileWrittenByHand() {
        byte[] bytes = file(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"__metadata__\":{\"k\":\"v\"}}   ",
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(1.5f)
                        .putFloat(-2f)
                        .array());
        SafetensorsFile file = SafetensorsFile.parse(ByteBuffer.wrap(bytes), "by hand");
        assertArrayEquals(new float[] {1.5f, -2f}, file.tensor("a").toFloats());
        assertEquals(Map.of("k", "v"), file.metadata());
    }

    @Test
    void halfPrecisionFormatsAreWidened() {
        byte[] data = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x3c00)
                .putShort((short) 0x3fc0)
                .array();
        SafetensorsFile file = SafetensorsFile.parse(
                ByteBuffer.wrap(file(
                        "{\"half\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                                + "\"brain\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[2,4]}}",
                        data)),
                "halves");
        assertEquals(Tensor.of(Shape.of(1), 1f), file.tensor("half"));
        assertEquals(Tensor.scalar(1.5f), file.tensor("brain"));
    }

    @Test
    void tensorsAreStoredInHalfPrecisionOnRequestExceptWhereThatWouldLoseThemToInfinity() {
        Map<String, Tensor> tensors = Map.of(
                "delta", Tensor.of(Shape.of(4), 1f, 1f / 3, -1e-3f, 65504f),
                "huge", Tensor.of(Shape.of(1), 1e6f),
                "full", Tensor.of(Shape.of(1), 1f / 3));
        SafetensorsFile file = SafetensorsFile.of(tensors, Map.of());
        byte[] full = file.toBytes();
        byte[] half = file.withHalfPrecision(Set.of("delta", "huge")).toBytes();
        assertEquals(full.length - 8, half.length);
        SafetensorsFile back = SafetensorsFile.parse(ByteBuffer.wrap(half), "half");
        assertArrayEquals(tensors.get("delta").toFloats(), back.tensor("delta").toFloats(), 1e-3f);
        assertEquals(tensors.get("huge"), back.tensor("huge"));
        assertEquals(tensors.get("full"), back.tensor("full"));
        assertThrows(IllegalArgumentException.class, () -> file.withHalfPrecision(Set.of("absent")));
    }

    @Test
    void aMissingTensorIsNamedWithTheNearestNames() {
        SafetensorsFile file = SafetensorsFile.of(
                Map.of("mapping.fc0.weight", Tensor.scalar(0), "mapping.fc0.bias", Tensor.scalar(0)), Map.of());
        file.write(folder.resolve("g.safetensors"));
        JobFailure.Rejected failure = assertThrows(
                JobFailure.Rejected.class,
                () -> SafetensorsFile.read(folder.resolve("g.safetensors")).tensor("mapping.fc0.weights"));
        assertEquals("file-invalid", failure.kind());
        assertTrue(failure.getMessage().contains("g.safetensors"), failure.getMessage());
        assertTrue(failure.getMessage().contains("mapping.fc0.weight,"), failure.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a hole before the data | {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | hole",
                "overlapping tensors | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | overlaps",
                "offsets past the end | {'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | cut short",
                "data that nobody describes | {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | describes 4 bytes",
                "shape and offsets that differ | {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | needs 12 bytes",
                "offsets in the wrong order | {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | offsets are 8 and 0",
                "negative offsets | {'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}} | negative",
                "a negative size | {'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | negative",
                "a product that overflows 64 bits | {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | impossible shape",
                "a product that overflows beside a zero | {'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647,0],'data_offsets':[0,0]}} | impossible shape",
                "a size past 64 bits | {'a':{'dtype':'F32','shape':[18446744073709551617],'data_offsets':[0,8]}} | not valid JSON",
                "a fractional size | {'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | should be VALUE_NUMBER_INT",
                "two tensors of one name | {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | Duplicate",
                "a key twice in a tensor | {'a':{'dtype':'F32','dtype':'F64','shape':[2],'data_offsets':[0,8]}} | Duplicate",
                "an unknown dtype | {'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}} | dtype F8_E4M3",
                "an unknown key | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}} | unknown key",
                "a missing key | {'a':{'dtype':'F32','shape':[2]}} | needs dtype",
                "three offsets | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}} | more than 2",
                "metadata that is not text | {'__metadata__':{'a':1},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | should be VALUE_STRING",
                "deep JSON | {'a':[[[[[[[[[[[[]]]]]]]]]]]]} | ",
                "text after the header | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} {} | follows",
                "an unfinished header | {'a':{'dtype':'F32' | not valid JSON",
                "a list | [1,2] | begin with",
                "rank 17 | {'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}} | more than 16"
            })
    void aLyingHeaderIsRefused(String name, String header, String complaint) {
        byte[] bytes = file(header.replace('\'', '"'), new byte[8]);
        assertRefused(bytes, complaint == null ? "" : complaint);
    }

    @Test
    void aLyingHeaderLengthIsRefused() {
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 1, 1L << 31, 1000}) {
            byte[] bytes = ByteBuffer.allocate(32)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .put("{}".getBytes(StandardCharsets.UTF_8))
                    .array();
            assertRefused(bytes, "claims a header");
        }
        assertRefused(new byte[7], "7 bytes");
        assertRefused(new byte[0], "0 bytes");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() {
        byte[] bytes = file("{\"aa\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]);
        bytes[10] = (byte) 0xc3;
        bytes[11] = (byte) 0x28;
        assertRefused(bytes, "UTF-8");
    }

    @Test
    void tooManyTensorsAreRefused() {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i <= SafetensorsHeader.TENSORS_MAXIMUM; i++) {
            header.append(i == 0 ? "" : ",").append('"').append(i).append("\":");
            header.append("{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        assertRefused(file(header.append('}').toString(), new byte[0]), "more than 100000 tensors");
    }

    @Test
    void aMissingFileIsTheCallersMistake() {
        JobFailure.Rejected failure = assertThrows(
                JobFailure.Rejected.class, () -> SafetensorsFile.read(folder.resolve("absent.safetensors")));
        assertTrue(failure.getMessage().contains("no such file"), failure.getMessage());
    }

    @Test
    void aFolderIsTheCallersMistakeInEveryFormat() {
        List<Executable> readers =
                List.of(() -> SafetensorsFile.read(folder), () -> NpyFile.read(folder), () -> NpzFile.open(folder));
        for (Executable reader : readers) {
            assertEquals(
                    "file-invalid",
                    assertThrows(JobFailure.Rejected.class, reader).kind());
        }
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path path = folder.resolve("kept.bin");
        Files.writeString(path, "old");
        JobFailure.Transient failure = assertThrows(
                JobFailure.Transient.class,
                () -> AtomicFile.write(path, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[100]));
                    throw new IOException("No space left on device");
                }));
        assertTrue(failure.getMessage().contains("No space left on device"), failure.getMessage());
        assertEquals("old", Files.readString(path));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    @Test
    void damagedFilesAreReadOrRefusedButNothingElse() {
        byte[] original = SafetensorsFile.of(EVERY_TYPE, Map.of("key", "value")).toBytes();
        long seed = 1;
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = Mutations.mutate(original, random);
            try {
                SafetensorsFile.parse(ByteBuffer.wrap(damaged), "seed " + seed + ", mutation " + i);
            } catch (JobFailure.Rejected expected) {
                refused++;
            }
        }
        assertTrue(refused > 2_000, "only " + refused + " of the damaged files were refused");
    }

    private static void assertRefused(byte[] bytes, String complaint) {
        JobFailure.Rejected failure = assertThrows(
                JobFailure.Rejected.class, () -> SafetensorsFile.parse(ByteBuffer.wrap(bytes), "x.safetensors"));
        assertEquals("file-invalid", failure.kind());
        assertTrue(failure.getMessage().startsWith("x.safetensors: "), failure.getMessage());
        assertTrue(failure.getMessage().contains(complaint), failure.getMessage());
    }

    private static byte[] file(String header, byte[] data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(utf8.length)
                .array());
        bytes.writeBytes(utf8);
        bytes.writeBytes(data);
        return bytes.toByteArray();
    }
}
