package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.saminversion.inversion.checkpoint.PickleWriter.NONE;
import static org.saminversion.inversion.checkpoint.PickleWriter.call;
import static org.saminversion.inversion.checkpoint.PickleWriter.name;
import static org.saminversion.inversion.checkpoint.PickleWriter.orderedDictionary;
import static org.saminversion.inversion.checkpoint.PickleWriter.pickle;
import static org.saminversion.inversion.checkpoint.PickleWriter.tuple;
import static org.saminversion.inversion.checkpoint.TorchFiles.rebuilt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.checkpoint.PickleWriter.Call;
import org.saminversion.inversion.checkpoint.PickleWriter.PersistentId;
import org.saminversion.inversion.failure.JobFailure;

/** Tensors in PyTorch's two file formats: where their numbers lie, and in what order. */
class TorchFileTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stridesAndOffsetsAreHonoured(boolean legacy) {
        TorchFiles.Builder builder = new TorchFiles.Builder(legacy);
        Object storage = builder.storage("FloatStorage", floats(0, 1, 2, 3, 4, 5, 6), 7);
        byte[] file = builder.file(Map.of(
                "transposed", rebuilt(storage, 1, array(3, 2), array(1, 3)),
                "row", rebuilt(storage, 4, array(1, 3), array(99, 1)),
                "repeated", rebuilt(storage, 2, array(2, 2), array(0, 1)),
                "scalar", rebuilt(storage, 6, array(), array()),
                "empty", rebuilt(storage, 0, array(0, 3), array(3, 1))));
        Map<String, StoredTensor> tensors = parse(file).tensors();
        assertEquals(
                Tensor.of(Shape.of(3, 2), 1f, 4f, 2f, 5f, 3f, 6f),
                tensors.get("transposed").load());
        assertEquals(Tensor.of(Shape.of(1, 3), 4f, 5f, 6f), tensors.get("row").load());
        assertEquals(
                Tensor.of(Shape.of(2, 2), 2f, 3f, 2f, 3f),
                tensors.get("repeated").load());
        assertEquals(Tensor.scalar(6), tensors.get("scalar").load());
        assertEquals(Tensor.zeros(Shape.of(0, 3)), tensors.get("empty").load());
    }

    @ParameterizedTest
    @CsvSource({
        "DoubleStorage, 8, FLOAT64",
        "FloatStorage, 4, FLOAT32",
        "HalfStorage, 2, FLOAT32",
        "BFloat16Storage, 2, FLOAT32",
        "LongStorage, 8, INT64",
        "IntStorage, 4, INT32",
        "ShortStorage, 2, INT32",
        "CharStorage, 1, INT32",
        "ByteStorage, 1, UINT8",
        "BoolStorage, 1, BOOL"
    })
    void everyElementTypeIsRead(String storageClass, int width, ElementType type) {
        ByteBuffer data = ByteBuffer.allocate(2 * width).order(ByteOrder.LITTLE_ENDIAN);
        switch (storageClass) {
            case "DoubleStorage" -> data.putDouble(8, 1);
            case "FloatStorage" -> data.putFloat(4, 1);
            case "HalfStorage" -> data.putShort(2, (short) 0x3c00);
            case "BFloat16Storage" -> data.putShort(2, (short) 0x3f80);
            default -> data.put(width, (byte) 1);
        }
        TorchFiles.Builder builder = new TorchFiles.Builder(false);
        Object storage = builder.storage(storageClass, data.array(), 2);
        StoredTensor tensor = parse(builder.file(Map.of("x", rebuilt(storage, 0, array(2), array(1)))))
                .tensors()
                .get("x");
        assertEquals(type, tensor.type());
        Tensor loaded = tensor.load();
        double[] values = type == ElementType.FLOAT32 || type == ElementType.FLOAT64
                ? loaded.toDoubles()
                : Arrays.stream(loaded.toInts()).asDoubleStream().toArray();
        assertArrayEquals(new double[] {0, 1}, values);
    }

    @Test
    void bigEndianFilesAreRead() {
        Object reference = new PersistentId(tuple("storage", name("torch", "FloatStorage"), "0", "cpu", 1));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("x/data.pkl", pickle(2, Map.of("x", rebuilt(reference, 0, array(1), array(1)))));
        entries.put("x/data/0", ByteBuffer.allocate(4).putFloat(2.5f).array());
        entries.put("x/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                Tensor.of(Shape.of(1), 2.5f),
                parse(TorchFiles.zip(entries, ZipEntry.STORED))
                        .tensors()
                        .get("x")
                        .load());
    }

    @Test
    void untypedStoragesTakeTheTypeOfTheTensor() {
        TorchFiles.Builder builder = new TorchFiles.Builder(false);
        Object storage = new PersistentId(tuple("storage", name("torch.storage", "UntypedStorage"), "0", "cpu", 8));
        builder.storage("FloatStorage", floats(1, 2), 2);
        Object tensor = call(
                "torch._utils",
                "_rebuild_tensor_v3",
                storage,
                0,
                tuple(2),
                tuple(1),
                false,
                orderedDictionary(Map.of()),
                name("torch", "float32"));
        assertEquals(
                Tensor.of(Shape.of(2), 1f, 2f),
                parse(builder.file(Map.of("x", tensor))).tensors().get("x").load());
    }

    @Test
    void orderedDictionariesOfPython2AndTheirMetadataAreRead() {
        TorchFiles.Builder builder = new TorchFiles.Builder(true);
        Object tensor = builder.tensor(Tensor.scalar(5));
        Object python2 = new Call(
                name("collections", "OrderedDict"),
                List.of(List.of(List.of("lin0.weight", tensor))),
                Map.of(),
                Map.of("_metadata", orderedDictionary(Map.of())));
        assertEquals(
                Tensor.scalar(5),
                parse(builder.file(python2)).tensors().get("lin0.weight").load());
    }

    @Test
    void parametersOfTheFirstVersionsAreRead() {
        TorchFiles.Builder builder = new TorchFiles.Builder(true);
        Object hooks = orderedDictionary(Map.of());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("a", call("torch.nn.parameter", "Parameter", builder.tensor(Tensor.scalar(1)), true));
        root.put(
                "b",
                new Call(
                        name("torch.nn.parameter", "Parameter"),
                        List.of(),
                        Map.of(),
                        tuple(builder.tensor(Tensor.scalar(2)), NONE, hooks, true, false)));
        Map<String, StoredTensor> tensors = parse(builder.file(root)).tensors();
        assertEquals(Tensor.scalar(1), tensors.get("a").load());
        assertEquals(Tensor.scalar(2), tensors.get("b").load());
    }

    @Test
    void aLegacyViewIsAPartOfItsBlock() {
        Object view =
                new PersistentId(tuple("storage", name("torch", "FloatStorage"), "0", "cpu", 4, tuple("0v", 1, 2)));
        byte[] file =
                TorchFiles.legacy(Map.of("x", rebuilt(view, 0, array(2), array(1))), Map.of("0", floats(1, 2, 3, 4)));
        assertEquals(
                Tensor.of(Shape.of(2), 2f, 3f), parse(file).tensors().get("x").load());
    }

    @Test
    void numpyArraysInsideAreRead() {
        Tensor array = Tensor.of(Shape.of(2, 1), 1f, 2f);
        Checkpoint checkpoint = parse(pickle(4, Map.of("w", GeneratorFiles.numpyArray(array))));
        assertEquals(array, checkpoint.tensors().get("w").load());
        assertEquals(FileFormat.PICKLE, checkpoint.contents().format());
    }

    @Test
    void shortValuesBesideTensorsBecomeMetadata() {
        TorchFiles.Builder builder = new TorchFiles.Builder(false);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("opts", Map.of("encoder_type", "Encoder4Editing", "lr", 0.5, "ids", List.of(1, 2)));
        root.put("W+", builder.tensor(Tensor.scalar(1)));
        Checkpoint checkpoint = parse(builder.file(root));
        assertEquals(
                Map.of("opts.encoder_type", "Encoder4Editing", "opts.lr", "0.5", "opts.ids.0", "1", "opts.ids.1", "2"),
                checkpoint.metadata());
        assertEquals(Set.of("W+"), checkpoint.tensors().keySet());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a tensor past the end of its storage,  0, 8, 1,           reaches outside",
        "an offset past the end,                7, 1, 1,           reaches outside",
        "a negative offset,                     -1, 2, 1,          reaches outside",
        "a stride past the end,                 0, 2, 7,           reaches outside",
        "a huge stride,                         0, 2, 2147483647,  reaches outside",
        "a negative stride,                     3, 2, -1,          reaches outside",
        "a huge broadcast,                      0, 100000000, 0,   repeats a storage",
        "a negative size,                       0, -1, 1,          impossible shape"
    })
    void aTensorThatDoesNotFitItsStorageIsRefused(String name, int offset, int size, int stride, String complaint) {
        for (boolean legacy : new boolean[] {true, false}) {
            TorchFiles.Builder builder = new TorchFiles.Builder(legacy);
            Object storage = builder.storage("FloatStorage", floats(0, 1, 2, 3, 4, 5, 6), 7);
            assertRefused(builder.file(Map.of("x", rebuilt(storage, offset, array(size), array(stride)))), complaint);
        }
    }

    @Test
    void storagesThatAreMissingCutOrUnclaimedAreRefused() {
        Object reference = new PersistentId(tuple("storage", name("torch", "FloatStorage"), "0", "cpu", 2, NONE));
        Object root = Map.of("x", rebuilt(reference, 0, array(2), array(1)));
        assertRefused(TorchFiles.zip(root, Map.of()), "is missing");
        assertRefused(TorchFiles.zip(root, Map.of("0", new byte[7])), "should have 2 elements");
        assertRefused(TorchFiles.legacy(root, Map.of()), "is missing");
        assertRefused(TorchFiles.legacy(root, Map.of("1", new byte[8])), "nothing refers to");
        assertRefused(TorchFiles.legacy(root, Map.of("0", new byte[4])), "holds 1 elements");
        byte[] whole = TorchFiles.legacy(root, Map.of("0", new byte[8]));
        assertRefused(Arrays.copyOf(whole, whole.length - 1), "cut short");
    }

    @Test
    void otherArchivesAreRefusedWithAReason() {
        byte[] object = pickle(2, Map.of());
        assertRefused(
                TorchFiles.zip(Map.of("m/data.pkl", object, "m/constants.pkl", object), ZipEntry.STORED),
                "TorchScript");
        assertRefused(TorchFiles.zip(Map.of("m/data.pkl", object), ZipEntry.DEFLATED), "compressed");
        assertRefused(TorchFiles.zip(Map.of("readme.txt", object), ZipEntry.STORED), "not a PyTorch file");
        assertRefused("<!DOCTYPE html><html>".getBytes(StandardCharsets.US_ASCII), "none of the formats");
        assertThrows(JobFailure.Rejected.class, () -> CheckpointReader.read(Path.of(".")));
        assertThrows(JobFailure.Rejected.class, () -> CheckpointReader.read(Path.of("absent.pt")));
        assertRefused(new byte[0], "none of the formats");
    }

    @Test
    void manyTensorsOverOneStorageCannotClaimMoreThanTheFileCouldHold() {
        TorchFiles.Builder builder = new TorchFiles.Builder(false);
        Object storage = builder.storage("FloatStorage", new byte[4 << 20], 1 << 20);
        Map<String, Object> root = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            root.put("x" + i, rebuilt(storage, 0, array(1 << 20), array(1)));
        }
        assertRefused(builder.file(root), "far more than the file holds");
    }

    private static Checkpoint parse(byte[] file) {
        return CheckpointReader.parse(ByteBuffer.wrap(file), "test.pt");
    }

    private static void assertRefused(byte[] file, String complaint) {
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> parse(file));
        assertEquals("file-invalid", failure.kind());
        assertTrue(failure.getMessage().contains(complaint), failure.getMessage());
    }

    private static Object[] array(Object... items) {
        return items;
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
