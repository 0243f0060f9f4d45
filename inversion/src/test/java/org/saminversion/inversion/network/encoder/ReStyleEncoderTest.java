package org.saminversion.inversion.network.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.PlainMaps;
import org.saminversion.inversion.network.layer.NamedTensors;

/** Both trunks of ReStyle with few channels on a small image, against their definitions. */
class ReStyleEncoderTest {
    private static final int SIDE = 32;
    private static final int[] WIDTHS = {4, 6, 5, 7};
    private static final int[] BLOCKS = {3, 4, 6, 3};
    private static final int[] UNITS = {3, 4, 14, 3};
    private static final int REDUCED = 2;
    private static final int STYLES = 3;
    private static final int CODE = 6;

    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Tensor image = FormulaWeights.input(1, 6, SIDE, SIDE);

    @Test
    void resNet34IsWhatItsDefinitionSays() {
        weight("conv1", WIDTHS[0], 6, 7);
        normalisation("bn1", WIDTHS[0]);
        vector("relu.weight", WIDTHS[0]);
        int in = WIDTHS[0];
        int index = 0;
        PlainMaps x = prelu(normalised(convolved(PlainMaps.of(image), "conv1", 2, 3), "bn1"), "relu");
        for (int stage = 0; stage < BLOCKS.length; stage++) {
            for (int i = 0; i < BLOCKS[stage]; i++) {
                x = basicBlock(x, "body." + index++ + ".", in, WIDTHS[stage], stage > 0 && i == 0);
                in = WIDTHS[stage];
            }
        }
        check(x);
    }

    private PlainMaps basicBlock(PlainMaps x, String name, int in, int out, boolean halves) {
        weight(name + "conv1", out, in, 3);
        normalisation(name + "bn1", out);
        weight(name + "conv2", out, out, 3);
        normalisation(name + "bn2", out);
        int stride = halves ? 2 : 1;
        PlainMaps shortcut = x;
        if (halves) {
            weight(name + "downsample.0", out, in, 1);
            normalisation(name + "downsample.1", out);
            shortcut = normalised(convolved(x, name + "downsample.0", 2, 0), name + "downsample.1");
        }
        PlainMaps y = normalised(convolved(x, name + "conv1", stride, 1), name + "bn1")
                .relu();
        return normalised(convolved(y, name + "conv2", 1, 1), name + "bn2")
                .add(shortcut)
                .relu();
    }

    @Test
    void irSe50IsWhatItsDefinitionSays() {
        weight("input_layer.0", WIDTHS[0], 6, 3);
        normalisation("input_layer.1", WIDTHS[0]);
        vector("input_layer.2.weight", WIDTHS[0]);
        int in = WIDTHS[0];
        int index = 0;
        PlainMaps x = prelu(
                normalised(convolved(PlainMaps.of(image), "input_layer.0", 1, 1), "input_layer.1"), "input_layer.2");
        for (int stage = 0; stage < UNITS.length; stage++) {
            for (int i = 0; i < UNITS[stage]; i++) {
                x = unit(x, "body." + index++ + ".", in, WIDTHS[stage], i == 0 ? 2 : 1);
                in = WIDTHS[stage];
            }
        }
        check(x);
    }

    private PlainMaps unit(PlainMaps x, String name, int in, int out, int stride) {
        String residual = name + "res_layer.";
        normalisation(residual + "0", in);
        weight(residual + "1", out, in, 3);
        vector(residual + "2.weight", out);
        weight(residual + "3", out, out, 3);
        normalisation(residual + "4", out);
        weight(residual + "5.fc1", REDUCED, out, 1);
        weight(residual + "5.fc2", out, REDUCED, 1);
        PlainMaps y = convolved(normalised(x, residual + "0"), residual + "1", 1, 1);
        y = normalised(convolved(prelu(y, residual + "2"), residual + "3", stride, 1), residual + "4");
        PlainMaps excitation = convolved(
                        convolved(y.mean(), residual + "5.fc1", 1, 0).relu(), residual + "5.fc2", 1, 0)
                .map(value -> 1 / (1 + Math.exp(-value)));
        PlainMaps shortcut = x.pooled(1, stride, false);
        if (in != out) {
            weight(name + "shortcut_layer.0", out, in, 1);
            normalisation(name + "shortcut_layer.1", out);
            shortcut = normalised(convolved(x, name + "shortcut_layer.0", stride, 0), name + "shortcut_layer.1");
        }
        return y.scaled(c -> excitation.values()[c][0][0]).add(shortcut);
    }

    @Test
    void anImageTooLargeForTheHeadsIsNamed() {
        resNet34IsWhatItsDefinitionSays();
        Graph graph = new Graph();
        StyleEncoder encoder = new StyleEncoder(graph, new NamedTensors("ReStyle", tensors), CodeComposition.SEPARATE);
        Value large = graph.input("image", 1, 6, 4 * SIDE, 4 * SIDE);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> encoder.codes(large))
                .getMessage()
                .contains("too large"));
        Value photographOnly = graph.input("photograph", 1, 3, SIDE, SIDE);
        JobFailure.Rejected wrong = assertThrows(JobFailure.Rejected.class, () -> encoder.codes(photographOnly));
        assertTrue(wrong.getMessage().contains("conv1.weight"), wrong.getMessage());
    }

    /** The heads see the last features; later styles add to the first. */
    private void check(PlainMaps features) {
        double[] expected = new double[STYLES * CODE];
        for (int style = 0; style < STYLES; style++) {
            double[] code = head(features, "styles." + style + ".");
            for (int i = 0; i < CODE; i++) {
                expected[style * CODE + i] = code[i] + (style == 0 ? 0 : expected[i]);
            }
        }
        Graph graph = new Graph();
        StyleEncoder encoder =
                new StyleEncoder(graph, new NamedTensors("ReStyle", tensors), CodeComposition.DEVIATIONS);
        assertEquals(6, encoder.inputChannels());
        Value codes = encoder.codes(graph.input("image", 1, 6, SIDE, SIDE));
        assertEquals(Shape.of(1, STYLES, CODE), codes.shape());
        try (Program program = Program.compile(graph, Map.of("codes", codes), RuntimeOptions.standard())) {
            assertArrayEquals(
                    expected, program.run(Map.of("image", image)).get("codes").toDoubles(), 2e-4);
        }
    }

    private double[] head(PlainMaps features, String name) {
        weight(name + "convs.0", CODE, features.channels(), 3);
        vector(name + "convs.0.bias", CODE);
        tensors.put(name + "linear.weight", FormulaWeights.tensor(name + "linear.weight", Shape.of(CODE, CODE)));
        vector(name + "linear.bias", CODE);
        double[] bias = tensors.get(name + "convs.0.bias").toDoubles();
        PlainMaps hidden = convolved(features, name + "convs.0", 2, 1)
                .shifted(c -> bias[c])
                .map(value -> value > 0 ? value : 0.01 * value);
        double[] linear = tensors.get(name + "linear.weight").toDoubles();
        double[] code = tensors.get(name + "linear.bias").toDoubles();
        for (int o = 0; o < CODE; o++) {
            for (int i = 0; i < CODE; i++) {
                code[o] += linear[o * CODE + i] / Math.sqrt(CODE) * hidden.values()[i][0][0];
            }
        }
        return code;
    }

    private PlainMaps convolved(PlainMaps x, String name, int stride, int padding) {
        return x.convolved(tensors.get(name + ".weight"), stride, padding);
    }

    private PlainMaps normalised(PlainMaps x, String name) {
        double[] weight = tensors.get(name + ".weight").toDoubles();
        double[] bias = tensors.get(name + ".bias").toDoubles();
        double[] mean = tensors.get(name + ".running_mean").toDoubles();
        double[] variance = tensors.get(name + ".running_var").toDoubles();
        return x.shifted(c -> -mean[c])
                .scaled(c -> weight[c] / Math.sqrt(variance[c] + 1e-5))
                .shifted(c -> bias[c]);
    }

    private PlainMaps prelu(PlainMaps x, String name) {
        double[] slope = tensors.get(name + ".weight").toDoubles();
        PlainMaps negative = x.map(value -> Math.min(0, value)).scaled(c -> slope[c]);
        return x.relu().add(negative);
    }

    private void weight(String name, int out, int in, int kernel) {
        tensors.put(name + ".weight", FormulaWeights.tensor(name + ".weight", Shape.of(out, in, kernel, kernel)));
    }

    private void normalisation(String name, int channels) {
        for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
            vector(name + "." + part, channels);
        }
    }

    private void vector(String name, int channels) {
        tensors.put(name, FormulaWeights.tensor(name, Shape.of(channels)));
    }
}
