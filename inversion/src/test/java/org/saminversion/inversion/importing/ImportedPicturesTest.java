package org.saminversion.inversion.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.checkpoint.CheckpointReader;
import org.saminversion.inversion.checkpoint.GeneratorFiles;
import org.saminversion.inversion.checkpoint.GeneratorImporter;
import org.saminversion.inversion.checkpoint.ImportedGenerator;
import org.saminversion.inversion.checkpoint.PickleWriter;
import org.saminversion.inversion.checkpoint.TorchFiles;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.PlainMaps;
import org.saminversion.inversion.network.PlainStyleGan2;
import org.saminversion.inversion.network.StyleGan2;
import org.saminversion.inversion.network.StyleGan2Weights;

/**
 * Generators of random configurations, written as the files of a random origin, imported and rendered, against an evaluation that
 * shares no code with the engine. The system property {@code sam.import.generators} sets how many are tried.
 */
class ImportedPicturesTest {
    private static final int GENERATORS = Integer.getInteger("sam.import.generators", 16);
    private static final long SEED = 20261127;

    private record Configuration(String origin, GeneratorFiles.Sizes sizes, OptionalDouble convClamp) {
        static Configuration random(SplittableRandom random) {
            int[] channels = new int[random.nextInt(2, 6)];
            for (int i = 0; i < channels.length; i++) {
                channels[i] = random.nextInt(1, 8);
            }
            String origin = new String[] {"ADA", "TensorFlow", "PyTorch", "rosinality"}[random.nextInt(4)];
            boolean clamps = origin.equals("ADA") && random.nextBoolean();
            return new Configuration(
                    origin,
                    new GeneratorFiles.Sizes(
                            random.nextInt(1, 12),
                            random.nextInt(1, 12),
                            origin.equals("rosinality") || random.nextBoolean() ? 0 : random.nextInt(1, 6),
                            random.nextBoolean() ? 2 : 8,
                            channels),
                    clamps ? OptionalDouble.of(random.nextInt(1, 16) / 4.0) : OptionalDouble.empty());
        }

        byte[] file(SortedMap<String, Tensor> tensors) {
            return switch (origin) {
                case "ADA" ->
                    GeneratorFiles.ada(
                            tensors, convClamp.isPresent() ? (Object) convClamp.getAsDouble() : PickleWriter.NONE);
                case "TensorFlow" -> GeneratorFiles.tensorFlow(tensors);
                case "PyTorch" -> TorchFiles.stateDictionary(tensors, false);
                default -> TorchFiles.stateDictionary(GeneratorFiles.rosinality(tensors), true);
            };
        }
    }

    @Test
    void importedGeneratorsPaintWhatTheirDefinitionSays() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < GENERATORS; i++) {
            Configuration configuration = Configuration.random(random);
            String what = "seed " + SEED + ", generator " + i + ": " + configuration;
            SortedMap<String, Tensor> tensors = GeneratorFiles.generator(configuration.sizes(), random.nextLong());
            double[] z = random.doubles(configuration.sizes().zDim(), -2, 2).toArray();
            double[] labels = new double[configuration.sizes().classes()];
            if (labels.length > 0) {
                labels[random.nextInt(labels.length)] = 1;
            }
            assertSamePicture(configuration, tensors, z, labels, what);
        }
    }

    private static void assertSamePicture(
            Configuration configuration, SortedMap<String, Tensor> tensors, double[] z, double[] labels, String what) {
        PlainStyleGan2 plain = new PlainStyleGan2(tensors, configuration.convClamp());
        double[] w = plain.mapping(z, labels);
        PlainMaps expected = plain.image(w);

        ImportedGenerator imported = GeneratorImporter.fromCheckpoint(
                CheckpointReader.parse(ByteBuffer.wrap(configuration.file(tensors)), what), what);
        StyleGan2Weights weights =
                new StyleGan2Weights(imported.tensors(), imported.architecture().convClamp());
        Map<String, Tensor> painted = painted(weights, z, labels);

        assertClose(w, painted.get("w").toDoubles(), what);
        double[] flat = java.util.Arrays.stream(expected.values())
                .flatMap(java.util.Arrays::stream)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
        assertClose(flat, painted.get("image").toDoubles(), what);
    }

    private static Map<String, Tensor> painted(StyleGan2Weights weights, double[] z, double[] labels) {
        Graph graph = new Graph();
        StyleGan2 generator = new StyleGan2(graph, weights, NoiseMode.CONSTANT);
        Value input = graph.input("z", 1, z.length);
        Value w = labels.length == 0
                ? generator.mapping(input)
                : generator.mapping(input, graph.input("labels", 1, labels.length));
        int width = weights.wDimension();
        Value image = generator.synthesis(
                w.reshape(1, 1, width).expand(Shape.of(1, weights.styles(), width)), BlockHook.NONE);
        Map<String, Tensor> inputs = new TreeMap<>();
        inputs.put("z", narrow(z));
        if (labels.length > 0) {
            inputs.put("labels", narrow(labels));
        }
        try (Program program = Program.compile(graph, Map.of("w", w, "image", image), RuntimeOptions.withThreads(1))) {
            return program.run(inputs);
        }
    }

    private static Tensor narrow(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(Shape.of(1, values.length), floats);
    }

    /** Within a ten-thousandth of the largest value. */
    private static void assertClose(double[] expected, double[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        double largest = java.util.Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-4 * (1 + largest), what + ", value " + i);
        }
    }
}
