package org.saminversion.inversion.network.biggan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.graph.Gradients;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.layer.NamedTensors;

class BigGanDeepTest {
    private static final SafetensorsFile GOLDEN = Goldens.read("biggan_deep");

    /** A tenth of the real width, 128 pixels, ten classes. */
    private static NamedTensors tensors() {
        Map<String, Tensor> tensors = new HashMap<>();
        FormulaWeights.shapes("biggan_deep")
                .forEach((name, shape) -> tensors.put(
                        name,
                        name.matches(".*weight_[uv]") ? GOLDEN.tensor(name) : FormulaWeights.tensor(name, shape)));
        return new NamedTensors("BigGAN-deep", tensors);
    }

    private static Tensor firstRow(String name) {
        Tensor rows = GOLDEN.tensor(name);
        int width = rows.shape().size(1);
        return Tensor.of(Shape.of(1, width), Arrays.copyOf(rows.toFloats(), width));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 0.77, 1.0})
    void equalsTheReference(double truncation) {
        Graph graph = new Graph();
        BigGanDeep generator = new BigGanDeep(graph, tensors(), truncation);
        Value image = generator.image(
                graph.input("z", 1, generator.zDimension()),
                generator.embedding(graph.input("classes", 1, generator.classes())));
        try (Program program = Program.compile(graph, Map.of("image", image), RuntimeOptions.standard())) {
            Tensor actual = program.run(Map.of("z", firstRow("z"), "classes", firstRow("onehot")))
                    .get("image");
            Goldens.assertClose("image", GOLDEN.tensor("image_trunc" + truncation), actual, Goldens.IMAGE_TOLERANCE);
        }
    }

    @Test
    void itsSizesFollowFromItsTensors() {
        BigGanDeep generator = new BigGanDeep(new Graph(), tensors(), 1);
        assertEquals(
                List.of(128, 128, 10, 11, 128),
                List.of(
                        generator.zDimension(),
                        generator.embeddingDimension(),
                        generator.classes(),
                        generator.conditions(),
                        generator.resolution()));
    }

    /** Z+ and F2: every layer has a condition of its own, and the features after the second block can be set. */
    @Test
    void laterConditionsDoNotReachEarlierFeatures() {
        Graph graph = new Graph();
        BigGanDeep generator = new BigGanDeep(graph, tensors(), 0.5);
        Value codes = graph.input("codes", generator.conditions(), 256);
        List<Value> conditions = new ArrayList<>();
        for (int i = 0; i < generator.conditions(); i++) {
            conditions.add(codes.slice(0, i, i + 1));
        }
        Map<String, Value> outputs = new LinkedHashMap<>();
        Value image = generator.image(conditions, (layer, features) -> {
            if (layer == 1) {
                outputs.put(
                        "F2", Gradients.of(features.square(), List.of(codes)).get(0));
                assertEquals(Shape.of(1, 256, 8, 8), features.shape());
            }
            return features;
        });
        outputs.put("image", Gradients.of(image.square(), List.of(codes)).get(0));
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.standard())) {
            Map<String, Tensor> gradients =
                    program.run(Map.of("codes", FormulaWeights.tensor("codes", Shape.of(generator.conditions(), 256))));
            assertArrayEquals(
                    new boolean[] {true, true, true, false, false, false, false, false, false, false, false},
                    rowsThatMatter(gradients.get("F2")));
            boolean[] all = new boolean[generator.conditions()];
            Arrays.fill(all, true);
            assertArrayEquals(all, rowsThatMatter(gradients.get("image")));
        }
    }

    private static boolean[] rowsThatMatter(Tensor gradient) {
        float[] values = gradient.toFloats();
        int width = gradient.shape().size(1);
        boolean[] matter = new boolean[gradient.shape().size(0)];
        for (int i = 0; i < values.length; i++) {
            matter[i / width] |= values[i] != 0;
        }
        return matter;
    }

    /** The weights of the two rows are exchanged, as in the reference. */
    @ParameterizedTest
    @CsvSource({"0.4, 20", "0.77, 38.5", "1.0, 50", "0.58, 28", "0.405, 20.75", "0.5, 25"})
    void truncationsBetweenRowsMixThemInReverse(double truncation, double expected) {
        float[] rows = new float[51];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        double[] mixed = new TruncationStatistics(truncation).of(Tensor.of(Shape.of(51, 1), rows));
        assertEquals(expected, mixed[0], 1e-6);
    }

    @Test
    void saysWhatIsMissing() {
        Map<String, Tensor> tensors = new HashMap<>(tensors().tensors());
        tensors.remove("generator.layers.3.conv_1.weight_u");
        Graph graph = new Graph();
        BigGanDeep generator = new BigGanDeep(graph, new NamedTensors("BigGAN-deep", tensors), 1);
        Value z = graph.input("z", 1, 128);
        JobFailure.Rejected missing = assertThrows(JobFailure.Rejected.class, () -> generator.image(z, z));
        assertTrue(missing.getMessage().contains("generator.layers.3.conv_1.weight_u"), missing.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new TruncationStatistics(0));
        assertThrows(IllegalArgumentException.class, () -> generator.image(List.of(z), LayerHook.NONE));
    }
}
