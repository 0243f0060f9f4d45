package org.saminversion.inversion.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** StyleGAN2's projector: its terms equal their written definitions, and its objective falls. */
class ProjectionGraphTest {
    private static final int STEPS = 60;
    private static final double DEVIATION_OF_W = 0.7;
    private final InversionGraph.Networks networks = SmallNetworks.random(1);

    @Test
    void theNoiseRegulariserIsTheSquaredCorrelationWithNeighboursAtEveryScale() {
        int side = 16;
        Tensor noise = SmallNetworks.normal(new SplittableRandom(2), 1, 2, 1, side, side);
        Graph graph = new Graph();
        Value value = NoiseRegulariser.of(graph.input("noise", 2, 1, side, side));
        try (Program program = Program.compile(graph, Map.of("sum", value), RuntimeOptions.withThreads(1))) {
            double[] actual = program.run(Map.of("noise", noise)).get("sum").toDoubles();
            for (int image = 0; image < 2; image++) {
                double[] map = new double[side * side];
                System.arraycopy(noise.toDoubles(), image * map.length, map, 0, map.length);
                assertEquals(plainRegulariser(map, side), actual[image], 1e-6);
            }
        }
    }

    private static double plainRegulariser(double[] map, int side) {
        double across = 0;
        double down = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double here = map[y * side + x];
                across += here * map[y * side + (x + side - 1) % side] / map.length;
                down += here * map[(y + side - 1) % side * side + x] / map.length;
            }
        }
        double sum = across * across + down * down;
        if (side <= 8) {
            return sum;
        }
        double[] half = new double[map.length / 4];
        for (int i = 0; i < map.length; i++) {
            half[i / side / 2 * (side / 2) + i % side / 2] += map[i] / 4;
        }
        return sum + plainRegulariser(half, side / 2);
    }

    @Test
    void noiseMapsAreBroughtToMeanZeroAndMeanSquareOne() {
        Graph graph = new Graph();
        Value value = NoiseRegulariser.normalised(graph.input("noise", 1, 1, 8, 8));
        try (Program program = Program.compile(graph, Map.of("out", value), RuntimeOptions.withThreads(1))) {
            Tensor noise = SmallNetworks.normal(new SplittableRandom(3), 4, 1, 1, 8, 8);
            double[] out = program.run(Map.of("noise", noise)).get("out").toDoubles();
            double sum = 0;
            double squares = 0;
            for (double each : out) {
                sum += each;
                squares += each * each;
            }
            assertEquals(0, sum / 64, 1e-6);
            assertEquals(1, squares / 64, 1e-5);
        }
    }

    /** In the first step, where the style vectors are the mean plus the whole noise, and the learning rate is zero. */
    @Test
    void thePriorIsTheMahalanobisDistance() {
        ProjectionSettings settings = ProjectionSettings.of(true, true, MethodSettings.USUAL);
        double[] reports = run(settings, 1, 1).reports().toDoubles();
        double[] w = start(settings).get(InversionGraph.WPLUS).toDoubles();
        double[] mean = networks.prior().mean().toDoubles();
        double[] precision = networks.prior().precision().toDoubles();
        int width = SmallNetworks.WIDTH;
        double expected = 0;
        for (int row = 0; row < w.length / width; row++) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    expected += centred(w[row * width + i], mean[i])
                            * precision[i * width + j]
                            * centred(w[row * width + j], mean[j]);
                }
            }
        }
        assertEquals(expected, reports[3], 1e-4 * expected);
        double others = reports[0] - 1e-7 * expected - reports[2];
        assertTrue(others >= 0, "what is left of the total is the noise regulariser: " + others);
    }

    private static double centred(double w, double mean) {
        return (w < 0 ? 5 * w : w) - mean;
    }

    @Test
    void theObjectiveFallsInWAndFurtherInWPlus() {
        double[] inW = totals(ProjectionSettings.of(false, false, MethodSettings.USUAL));
        double[] inWPlus = totals(ProjectionSettings.of(true, false, MethodSettings.USUAL));
        double[] withPrior = totals(ProjectionSettings.of(true, true, MethodSettings.USUAL));
        assertTrue(inW[STEPS - 1] < 0.95 * inW[0], inW[0] + " to " + inW[STEPS - 1]);
        assertTrue(inWPlus[STEPS - 1] < inW[STEPS - 1], inWPlus[STEPS - 1] + " against " + inW[STEPS - 1]);
        assertTrue(withPrior[STEPS - 1] < 0.95 * withPrior[0], withPrior[0] + " to " + withPrior[STEPS - 1]);
    }

    /** A strong prior keeps the style vectors nearer to the mean. */
    @Test
    void thePriorHoldsTheStyleVectors() {
        double free = lastPrior(ProjectionSettings.of(true, true, new MethodSettings(Map.of("gaussian-prior", 0.0))));
        double held = lastPrior(ProjectionSettings.of(true, true, new MethodSettings(Map.of("gaussian-prior", 0.1))));
        assertTrue(held < 0.5 * free, held + " against " + free);
    }

    private double lastPrior(ProjectionSettings settings) {
        double[] reports = run(settings, STEPS, STEPS).reports().toDoubles();
        return reports[6 * (STEPS - 1) + 3];
    }

    /** LPIPS and prior only: the regulariser of the noise starts large and falls fast. */
    private double[] totals(ProjectionSettings settings) {
        double[] reports = run(settings, STEPS, STEPS).reports().toDoubles();
        double[] lpips = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            lpips[step] = reports[6 * step + 2];
        }
        return lpips;
    }

    private OptimisationLoop.Outcome run(ProjectionSettings settings, int steps, int stepsInAll) {
        ProjectionGraph graph = ProjectionGraph.build(networks, settings, DEVIATION_OF_W, 1);
        SplittableRandom random = new SplittableRandom(7);
        int rows = settings.perLayer() ? networks.generator().styles() : 1;
        Map<String, Tensor> data = new TreeMap<>();
        data.put(ProjectionGraph.LATENT_NOISE, SmallNetworks.normal(random, 1, steps, 1, rows, SmallNetworks.WIDTH));
        data.put(InversionGraph.TARGET, SmallNetworks.normal(random, 0.5, 1, 3, 16, 16));
        try (OptimisationLoop loop =
                OptimisationLoop.compile(graph.graph(), graph.plan(), RuntimeOptions.withThreads(1))) {
            return loop.run(OptimisationState.start(start(settings)), data, steps, stepsInAll);
        }
    }

    private Map<String, Tensor> start(ProjectionSettings settings) {
        SplittableRandom random = new SplittableRandom(8);
        int rows = settings.perLayer() ? networks.generator().styles() : 1;
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put(InversionGraph.WPLUS, SmallNetworks.normal(random, 0.5, 1, rows, SmallNetworks.WIDTH));
        ProjectionGraph.noises(networks, settings)
                .forEach((name, shape) -> values.put(name, SmallNetworks.normal(random, 1, shape.toArray())));
        return values;
    }

    @Test
    void noiseMapsMayStayAsTheyAre() {
        ProjectionSettings settings =
                ProjectionSettings.of(false, false, new MethodSettings(Map.of("optimise-noise", 0.0)));
        assertEquals(Map.of(), ProjectionGraph.noises(networks, settings));
        assertEquals(1, run(settings, 2, 2).state().values().size());
        assertEquals(
                Shape.of(1, 1, 4, 4),
                ProjectionGraph.noises(networks, ProjectionSettings.of(false, false, MethodSettings.USUAL))
                        .get("noise.synthesis.b4.conv1"));
    }
}
