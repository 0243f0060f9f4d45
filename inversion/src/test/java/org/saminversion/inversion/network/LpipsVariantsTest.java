package org.saminversion.inversion.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Gradients;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.failure.JobFailure;

/** AlexNet and SqueezeNet with few channels against their definitions, the gradient against central differences. */
class LpipsVariantsTest {
    private static final int HEIGHT = 47;
    private static final int WIDTH = 66;
    private static final double STEP = 1e-5;

    private final Map<String, Tensor> tensors = new HashMap<>();

    @Test
    void alexnetIsWhatItsDefinitionSays() {
        convolution("features.0", 3, 6, 11);
        convolution("features.3", 6, 5, 5);
        convolution("features.6", 5, 7, 3);
        convolution("features.8", 7, 4, 3);
        convolution("features.10", 4, 5, 3);
        heads(6, 5, 7, 4, 5);
        check(PerceptualWeights.alexnet(tensors), this::alexnetTaps);
    }

    private List<PlainMaps> alexnetTaps(PlainMaps image) {
        List<PlainMaps> taps = new ArrayList<>();
        taps.add(plain(image, "features.0", 4, 2));
        taps.add(plain(taps.get(0).pooled(3, 2, false), "features.3", 1, 2));
        taps.add(plain(taps.get(1).pooled(3, 2, false), "features.6", 1, 1));
        taps.add(plain(taps.get(2), "features.8", 1, 1));
        taps.add(plain(taps.get(3), "features.10", 1, 1));
        return taps;
    }

    @Test
    void squeezenetIsWhatItsDefinitionSays() {
        convolution("features.0", 3, 5, 3);
        int in = 5;
        for (int index : new int[] {3, 4, 6, 7, 9, 10, 11, 12}) {
            convolution("features." + index + ".squeeze", in, 2, 1);
            convolution("features." + index + ".expand1x1", 2, 3, 1);
            convolution("features." + index + ".expand3x3", 2, 4, 3);
            in = 7;
        }
        heads(5, 7, 7, 7, 7, 7, 7);
        check(PerceptualWeights.squeezenet(tensors), this::squeezenetTaps);
    }

    private List<PlainMaps> squeezenetTaps(PlainMaps image) {
        List<PlainMaps> taps = new ArrayList<>();
        taps.add(plain(image, "features.0", 2, 0));
        taps.add(fire(fire(taps.get(0).pooled(3, 2, true), 3), 4));
        taps.add(fire(fire(taps.get(1).pooled(3, 2, true), 6), 7));
        taps.add(fire(taps.get(2).pooled(3, 2, true), 9));
        taps.add(fire(taps.get(3), 10));
        taps.add(fire(taps.get(4), 11));
        taps.add(fire(taps.get(5), 12));
        return taps;
    }

    private PlainMaps fire(PlainMaps x, int index) {
        PlainMaps squeezed = plain(x, "features." + index + ".squeeze", 1, 0);
        return plain(squeezed, "features." + index + ".expand1x1", 1, 0)
                .beside(plain(squeezed, "features." + index + ".expand3x3", 1, 1));
    }

    @Test
    void theRealShapesFit() {
        convolution("features.0", 3, 64, 11);
        convolution("features.3", 64, 192, 5);
        convolution("features.6", 192, 384, 3);
        convolution("features.8", 384, 256, 3);
        convolution("features.10", 256, 256, 3);
        heads(64, 192, 384, 256, 256);
        Graph graph = new Graph();
        Value image = graph.input("image", 1, 3, 256, 256);
        Lpips lpips = new Lpips(graph, PerceptualWeights.alexnet(tensors));
        assertEquals(Shape.of(1, 1, 256, 256), lpips.spatial(image, image).shape());
        tensors.remove("features.8.bias");
        JobFailure.Rejected missing = assertThrows(JobFailure.Rejected.class, () -> PerceptualWeights.alexnet(tensors));
        assertTrue(missing.getMessage().contains("features.8.bias"), missing.getMessage());
    }

    private void check(PerceptualWeights weights, Function<PlainMaps, List<PlainMaps>> taps) {
        Tensor a = FormulaWeights.tensor("a.running_mean", Shape.of(1, 3, HEIGHT, WIDTH));
        Tensor b = FormulaWeights.tensor("b.running_mean", Shape.of(1, 3, HEIGHT, WIDTH));
        Graph graph = new Graph();
        Value image = graph.input("a", 1, 3, HEIGHT, WIDTH);
        Value distance = new Lpips(graph, weights).distance(image, graph.input("b", 1, 3, HEIGHT, WIDTH));
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("distance", distance);
        outputs.put("gradient", Gradients.of(distance, List.of(image)).get(0));
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.standard())) {
            Map<String, Tensor> results = program.run(Map.of("a", a, "b", b));
            double expected = distance(PlainMaps.of(a), PlainMaps.of(b), taps);
            assertEquals(expected, results.get("distance").toDoubles()[0], 1e-4 * expected, "distance");

            PlainMaps direction = PlainMaps.of(FormulaWeights.tensor("direction", Shape.of(1, 3, HEIGHT, WIDTH)));
            double slope = (distance(moved(a, direction, STEP), PlainMaps.of(b), taps)
                            - distance(moved(a, direction, -STEP), PlainMaps.of(b), taps))
                    / (2 * STEP);
            double actual = product(PlainMaps.of(results.get("gradient")), direction);
            assertEquals(slope, actual, 1e-3 * Math.abs(slope), "slope along a direction");
        }
    }

    private static PlainMaps moved(Tensor point, PlainMaps direction, double step) {
        return PlainMaps.of(point).add(direction.map(value -> step * value));
    }

    private static double product(PlainMaps a, PlainMaps b) {
        double sum = 0;
        for (int c = 0; c < a.channels(); c++) {
            for (int y = 0; y < a.height(); y++) {
                for (int x = 0; x < a.width(); x++) {
                    sum += a.values()[c][y][x] * b.values()[c][y][x];
                }
            }
        }
        return sum;
    }

    private double distance(PlainMaps a, PlainMaps b, Function<PlainMaps, List<PlainMaps>> taps) {
        List<PlainMaps> ofA = taps.apply(normalised(a));
        List<PlainMaps> ofB = taps.apply(normalised(b));
        double distance = 0;
        for (int tap = 0; tap < ofA.size(); tap++) {
            double[] head = tensors.get("lin" + tap + ".model.1.weight").toDoubles();
            PlainMaps first = ofA.get(tap);
            PlainMaps second = ofB.get(tap);
            double sum = 0;
            for (int y = 0; y < first.height(); y++) {
                for (int x = 0; x < first.width(); x++) {
                    for (int c = 0; c < first.channels(); c++) {
                        double difference = first.values()[c][y][x] / (length(first, y, x) + 1e-10)
                                - second.values()[c][y][x] / (length(second, y, x) + 1e-10);
                        sum += head[c] * difference * difference;
                    }
                }
            }
            distance += sum / (first.height() * first.width());
        }
        return distance;
    }

    private static double length(PlainMaps maps, int y, int x) {
        double sum = 0;
        for (double[][] plane : maps.values()) {
            sum += plane[y][x] * plane[y][x];
        }
        return Math.sqrt(sum);
    }

    private static PlainMaps normalised(PlainMaps image) {
        double[] shift = {-0.030, -0.088, -0.188};
        double[] scale = {0.458, 0.448, 0.450};
        return image.shifted(c -> -shift[c]).scaled(c -> 1 / scale[c]);
    }

    private PlainMaps plain(PlainMaps x, String name, int stride, int padding) {
        double[] bias = tensors.get(name + ".bias").toDoubles();
        return x.convolved(tensors.get(name + ".weight"), stride, padding)
                .shifted(c -> bias[c])
                .relu();
    }

    private void convolution(String name, int in, int out, int kernel) {
        tensors.put(name + ".weight", FormulaWeights.tensor(name + ".weight", Shape.of(out, in, kernel, kernel)));
        tensors.put(name + ".bias", FormulaWeights.tensor(name + ".bias", Shape.of(out)));
    }

    /** About 1: heads are never negative. */
    private void heads(int... channels) {
        for (int tap = 0; tap < channels.length; tap++) {
            String name = "lin" + tap + ".model.1.weight";
            float[] values =
                    FormulaWeights.tensor(name, Shape.of(channels[tap])).toFloats();
            tensors.put(name, Tensor.of(Shape.of(1, channels[tap], 1, 1), values));
        }
    }
}
