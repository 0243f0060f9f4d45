package org.saminversion.inversion.network.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** Batch normalisation while it is trained, against PyTorch's formulas, on a batch of two pictures of 3 x 2 pixels. */
class BatchNormalisationTest {
    private static final int CHANNELS = 4;
    private static final int PIXELS = 6;
    private static final int BATCH = 2;
    private static final Shape SHAPE = Shape.of(BATCH, CHANNELS, 3, 2);

    private static Tensor normal(long seed, Shape shape) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1 + 2 * random.nextGaussian());
        }
        return Tensor.of(shape, values);
    }

    private static Map<String, Tensor> tensors() {
        Shape perChannel = Shape.of(CHANNELS);
        return Map.of(
                "bn.weight", normal(1, perChannel),
                "bn.bias", normal(2, perChannel),
                "bn.running_mean", normal(3, perChannel),
                "bn.running_var", Tensor.of(perChannel, 0.5f, 1, 2, 3));
    }

    @Test
    void aTrainingUsesTheBatchAndItsStatisticsRunAfterIt() {
        Tensor image = normal(4, SHAPE);
        Graph graph = new Graph();
        TrainedParameters parameters = new TrainedParameters(graph);
        Layers layers = Layers.trained(graph, new NamedTensors("test", tensors()), parameters);
        Map<String, Value> outputs = new HashMap<>();
        outputs.put("y", layers.normalised(graph.input("x", SHAPE.toArray()), "bn"));
        parameters.tracked().forEach((name, value) -> outputs.put("next " + name, value));
        Map<String, Tensor> inputs = new HashMap<>(parameters.start());
        inputs.putAll(parameters.trackedStart());
        inputs.put("x", image);
        Map<String, Tensor> made;
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.withThreads(1))) {
            made = program.run(inputs);
        }

        double[] x = image.toDoubles();
        double[] y = new double[x.length];
        double[] means = new double[CHANNELS];
        double[] variances = new double[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            for (int i = 0; i < BATCH * PIXELS; i++) {
                means[c] += x[place(i, c)] / (BATCH * PIXELS);
            }
            for (int i = 0; i < BATCH * PIXELS; i++) {
                variances[c] += Math.pow(x[place(i, c)] - means[c], 2) / (BATCH * PIXELS);
            }
            for (int i = 0; i < BATCH * PIXELS; i++) {
                y[place(i, c)] = (x[place(i, c)] - means[c]) / Math.sqrt(variances[c] + 1e-5) * of("bn.weight", c)
                        + of("bn.bias", c);
            }
            means[c] = 0.9 * of("bn.running_mean", c) + 0.1 * means[c];
            double unbiased = variances[c] * BATCH * PIXELS / (BATCH * PIXELS - 1);
            variances[c] = 0.9 * of("bn.running_var", c) + 0.1 * unbiased;
        }
        assertArrayEquals(y, made.get("y").toDoubles(), 1e-5);
        assertArrayEquals(means, made.get("next weight.bn.running_mean").toDoubles(), 1e-5);
        assertArrayEquals(variances, made.get("next weight.bn.running_var").toDoubles(), 1e-5);
    }

    /** @param pixel over the batch */
    private static int place(int pixel, int channel) {
        return (pixel / PIXELS * CHANNELS + channel) * PIXELS + pixel % PIXELS;
    }

    private static double of(String name, int channel) {
        return tensors().get(name).toDoubles()[channel];
    }
}
