package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.saminversion.inversion.checkpoint.PickleWriter.NONE;
import static org.saminversion.inversion.checkpoint.PickleWriter.orderedDictionary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

class GeneratorImporterTest {
    private static final GeneratorFiles.Sizes PLAIN = new GeneratorFiles.Sizes(6, 5, 0, 2, 4, 3, 2);
    private static final GeneratorFiles.Sizes LABELLED = new GeneratorFiles.Sizes(6, 5, 3, 8, 4, 7);

    @TempDir
    private Path folder;

    static Stream<Arguments> files() {
        SortedMap<String, Tensor> plain = GeneratorFiles.generator(PLAIN, 1);
        SortedMap<String, Tensor> labelled = GeneratorFiles.generator(LABELLED, 2);
        return Stream.of(
                Arguments.of("NVIDIA PyTorch", GeneratorFiles.ada(plain, NONE), plain),
                Arguments.of("NVIDIA PyTorch with classes", GeneratorFiles.ada(labelled, NONE), labelled),
                Arguments.of("NVIDIA TensorFlow", GeneratorFiles.tensorFlow(plain), plain),
                Arguments.of("NVIDIA TensorFlow with classes", GeneratorFiles.tensorFlow(labelled), labelled),
                Arguments.of("PyTorch", TorchFiles.stateDictionary(plain, false), plain),
                Arguments.of("PyTorch before 1.6", TorchFiles.stateDictionary(labelled, true), labelled),
                Arguments.of("safetensors", SafetensorsFile.of(plain, Map.of()).toBytes(), plain),
                Arguments.of("rosinality", rosinalityTraining(plain), plain),
                Arguments.of("e4e", encoderWithDecoder(plain), plain));
    }

    /** What rosinality's training script saves: the generator, its average, and the average style. */
    private static byte[] rosinalityTraining(SortedMap<String, Tensor> generator) {
        TorchFiles.Builder builder = new TorchFiles.Builder(false);
        Map<String, Object> root = new LinkedHashMap<>();
        Map<String, Object> trained = new LinkedHashMap<>();
        Map<String, Object> averaged = new LinkedHashMap<>();
        GeneratorFiles.rosinality(generator).forEach((name, tensor) -> {
            trained.put("module." + name, builder.tensor(Arrangement.plus(tensor, 1)));
            averaged.put(name, builder.tensor(tensor));
        });
        root.put("g", orderedDictionary(trained));
        root.put("g_ema", orderedDictionary(averaged));
        root.put("latent_avg", builder.tensor(generator.get("mapping.w_avg")));
        return builder.file(root);
    }

    private static byte[] encoderWithDecoder(SortedMap<String, Tensor> generator) {
        TorchFiles.Builder builder = new TorchFiles.Builder(true);
        Map<String, Object> state = new LinkedHashMap<>();
        GeneratorFiles.rosinality(generator)
                .forEach((name, tensor) -> state.put("decoder." + name, builder.tensor(tensor)));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("state_dict", state);
        float[] average = generator.get("mapping.w_avg").toFloats();
        float[] twice = new float[2 * average.length];
        System.arraycopy(average, 0, twice, 0, average.length);
        System.arraycopy(average, 0, twice, average.length, average.length);
        root.put("latent_avg", builder.tensor(Tensor.of(Shape.of(2, average.length), twice)));
        root.put("opts", Map.of("encoder_type", "Encoder4Editing"));
        return builder.file(root);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void everyOriginGivesTheSameTensors(String origin, byte[] file, SortedMap<String, Tensor> expected)
            throws IOException {
        Path path = Files.write(folder.resolve("generator.pkl"), file);
        ImportedGenerator imported = GeneratorImporter.read(path);
        assertEquals(expected.keySet(), imported.tensors().keySet());
        expected.forEach(
                (name, tensor) -> assertEquals(tensor, imported.tensors().get(name), name));
        assertEquals(List.of(), imported.warnings());
    }

    @Test
    void theSizesAreReadFromTheTensors() {
        GeneratorArchitecture plain = imported(GeneratorFiles.ada(GeneratorFiles.generator(PLAIN, 3), NONE))
                .architecture();
        assertEquals(
                new GeneratorArchitecture(6, 5, 0, 2, 16, 3, new TreeMap<>(Map.of(4, 4, 8, 3, 16, 2)), none()), plain);
        assertEquals(6, plain.styles());
        GeneratorArchitecture labelled = imported(GeneratorFiles.tensorFlow(GeneratorFiles.generator(LABELLED, 3)))
                .architecture();
        assertEquals(new GeneratorArchitecture(6, 5, 3, 8, 8, 3, new TreeMap<>(Map.of(4, 4, 8, 7)), none()), labelled);
    }

    private static OptionalDouble none() {
        return OptionalDouble.empty();
    }

    @Test
    void theClampOfAnAdaGeneratorIsKept() {
        ImportedGenerator imported = imported(GeneratorFiles.ada(GeneratorFiles.generator(PLAIN, 4), 256));
        assertEquals(OptionalDouble.of(256), imported.architecture().convClamp());
        ImportedGenerator again = imported(imported.toSafetensors().toBytes());
        assertEquals(imported, again);
    }

    @Test
    void aGeneratorMadeWithoutNoiseHasNone() {
        SortedMap<String, Tensor> tensors = GeneratorFiles.generator(PLAIN, 8);
        tensors.keySet().removeIf(name -> name.contains("noise"));
        assertEquals(tensors, imported(GeneratorFiles.ada(tensors, NONE)).tensors());
        assertEquals(tensors, imported(GeneratorFiles.tensorFlow(tensors)).tensors());
    }

    @Test
    void filtersThatWereLeftOutArePutBackAndUnusualOnesAreReported() {
        SortedMap<String, Tensor> tensors = GeneratorFiles.generator(PLAIN, 9);
        SortedMap<String, Tensor> stripped = new TreeMap<>(tensors);
        stripped.keySet().removeIf(name -> name.endsWith("resample_filter"));
        assertEquals(
                tensors, imported(TorchFiles.stateDictionary(stripped, false)).tensors());
        tensors.put("synthesis.b8.conv0.resample_filter", GeneratorTensors.resampleFilter(new float[] {1, 1, 1, 1}));
        assertTrue(imported(TorchFiles.stateDictionary(tensors, false))
                .warnings()
                .get(0)
                .contains("resampling filter"));
    }

    @Test
    void aMissingTensorIsNamed() {
        SortedMap<String, Tensor> tensors = GeneratorFiles.generator(PLAIN, 5);
        tensors.remove("synthesis.b8.torgb.bias");
        assertRefused(TorchFiles.stateDictionary(tensors, false), "'synthesis.b8.torgb.bias'");
    }

    @Test
    void aTensorOfTheWrongShapeIsNamed() {
        SortedMap<String, Tensor> tensors = GeneratorFiles.generator(PLAIN, 6);
        tensors.put("synthesis.b16.conv0.noise_const", Tensor.zeros(Shape.of(8, 8)));
        assertRefused(
                TorchFiles.stateDictionary(tensors, false),
                "'synthesis.b16.conv0.noise_const' has the shape [8,8] instead of [16,16]");
    }

    @Test
    void whatDoesNotBelongIsLeftOutWithAWarning() {
        SortedMap<String, Tensor> tensors = GeneratorFiles.generator(PLAIN, 7);
        tensors.put("synthesis.b8.extra", Tensor.scalar(1));
        ImportedGenerator imported = imported(TorchFiles.stateDictionary(tensors, true));
        assertFalse(imported.tensors().containsKey("synthesis.b8.extra"));
        assertTrue(imported.warnings().get(0).contains("synthesis.b8.extra"));
    }

    @Test
    void otherFilesAreRefusedWithWhatTheyAre() {
        assertRefused(
                SafetensorsFile.of(Map.of("x", Tensor.scalar(1)), Map.of()).toBytes(), "no StyleGAN2 generator");
        SortedMap<String, Tensor> aliasFree =
                new TreeMap<>(Map.of("synthesis.input.freqs", Tensor.zeros(Shape.of(4, 2))));
        assertRefused(GeneratorFiles.ada(aliasFree, NONE), "StyleGAN3");
    }

    private static ImportedGenerator imported(byte[] file) {
        return GeneratorImporter.fromCheckpoint(CheckpointReader.parse(ByteBuffer.wrap(file), "test"), "test");
    }

    private static void assertRefused(byte[] file, String complaint) {
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> imported(file));
        assertEquals("file-invalid", failure.kind());
        assertTrue(failure.getMessage().contains(complaint), failure.getMessage());
    }
}
