package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuasiNewtonTest {
    private static final double LENGTH_MAX = 0.05;
    private static final QuasiNewton RULE = new QuasiNewton(4, LearningRateSchedule.constant(LENGTH_MAX));
    private static final double[] WEIGHTS = {1, 40, 0.1, 5, 200};
    private static final double[][] STARTS = {{1, -0.5, 2, 0.3, -1}, {-2, 1, 0.5, -1, 0.1}};

    /** Per item the weighted squares of x [N,3] and y [N,2], coupled by a fourth power that bends the valley. */
    private static OptimisationPlan valleys(Graph graph, int items) {
        Value x = graph.input("x", items, 3);
        Value y = graph.input("y", items, 2);
        Value both = Value.concatenate(1, x, y);
        float[] weights = new float[5];
        for (int i = 0; i < 5; i++) {
            weights[i] = (float) WEIGHTS[i];
        }
        Value squares = both.square()
                .multiply(graph.constant("weights", Tensor.of(Shape.of(1, 5), weights)))
                .sum(1);
        Value bend = both.sum(1).square().square();
        Value losses = squares.add(bend).reshape(items);
        return RULE.plan(losses, List.of(losses), List.of("x", "y"));
    }

    private static OptimisationLoop valleys(int items) {
        Graph graph = new Graph();
        return OptimisationLoop.compile(graph, valleys(graph, items), RuntimeOptions.withThreads(1));
    }

    private static StepGraph step() {
        Graph graph = new Graph();
        return new StepGraph(graph, valleys(graph, 2));
    }

    private static OptimisationState start(double[]... items) {
        float[] x = new float[3 * items.length];
        float[] y = new float[2 * items.length];
        for (int n = 0; n < items.length; n++) {
            for (int i = 0; i < 5; i++) {
                if (i < 3) {
                    x[3 * n + i] = (float) items[n][i];
                } else {
                    y[2 * n + i - 3] = (float) items[n][i];
                }
            }
        }
        Map<String, Tensor> variables =
                Map.of("x", Tensor.of(Shape.of(items.length, 3), x), "y", Tensor.of(Shape.of(items.length, 2), y));
        return RULE.start(variables);
    }

    private static double loss(double[] x) {
        double sum = 0;
        double loss = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i];
            loss += WEIGHTS[i] * x[i] * x[i];
        }
        return loss + Math.pow(sum, 4);
    }

    private static double[] gradient(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value;
        }
        double[] gradient = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            gradient[i] = 2 * WEIGHTS[i] * x[i] + 4 * Math.pow(sum, 3);
        }
        return gradient;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] sum(double[] a, double factor, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * b[i];
        }
        return sum;
    }

    /** The textbook's algorithm on plain vectors, with bolder steps; the loss before each step. */
    private static double[] plain(double[] start, int steps) {
        double bound = LENGTH_MAX * Math.sqrt(start.length);
        double[] x = start;
        double[] losses = new double[steps];
        Deque<double[][]> pairs = new ArrayDeque<>();
        double[] before = null;
        double[] move = null;
        for (int step = 0; step < steps; step++) {
            losses[step] = loss(x);
            double[] gradient = gradient(x);
            if (before != null) {
                pairs.addLast(new double[][] {move, sum(gradient, -1, before)});
                if (pairs.size() > RULE.memory()) {
                    pairs.removeFirst();
                }
            }
            double[] q = gradient;
            List<double[][]> newestFirst = new ArrayList<>(pairs);
            Collections.reverse(newestFirst);
            Deque<Double> shares = new ArrayDeque<>();
            for (double[][] pair : newestFirst) {
                double share = dot(pair[0], q) / dot(pair[0], pair[1]);
                shares.addFirst(share);
                q = sum(q, -share, pair[1]);
            }
            double scale = pairs.isEmpty()
                    ? 0.1 * bound / Math.sqrt(dot(gradient, gradient))
                    : 2 * dot(pairs.getLast()[0], pairs.getLast()[1]) / dot(pairs.getLast()[1], pairs.getLast()[1]);
            double[] direction = sum(new double[x.length], scale, q);
            for (double[][] pair : pairs) {
                double share = dot(pair[1], direction) / dot(pair[0], pair[1]);
                direction = sum(direction, shares.removeFirst() - share, pair[0]);
            }
            double length = Math.sqrt(dot(direction, direction));
            move = sum(new double[x.length], -Math.min(1.3, bound / length), direction);
            before = gradient;
            x = sum(x, 1, move);
        }
        return losses;
    }

    @Test
    void followsTheTextbookForEachItemByItself() {
        int steps = 60;
        try (OptimisationLoop loop = valleys(2)) {
            double[] reported =
                    loop.run(start(STARTS), Map.of(), steps, steps).reports().toDoubles();
            for (int item = 0; item < 2; item++) {
                double[] expected = plain(STARTS[item], steps);
                double[] found = new double[steps];
                for (int step = 0; step < steps; step++) {
                    found[step] = reported[2 * step + item];
                }
                assertArrayEquals(expected, found, 2e-3 * expected[0]);
                assertTrue(found[steps - 1] < 1e-4 * found[0], "ends at " + found[steps - 1]);
            }
        }
    }

    @Test
    void twoRunsGiveTheBitsOfOne() {
        try (OptimisationLoop loop = valleys(2)) {
            OptimisationState whole = loop.run(start(STARTS), Map.of(), 20, 20).state();
            OptimisationState half = loop.run(start(STARTS), Map.of(), 7, 20).state();
            assertEquals(whole, loop.run(half, Map.of(), 13, 20).state());
        }
    }

    @Test
    void whatIsRememberedIsWrittenInPlace() {
        assertTrue(StateInPlace.names(step()).containsAll(List.of("x.history", "y.history")));
    }

    @Test
    void singleStepsGiveTheBitsOfALoop() {
        int steps = 3 * RULE.memory();
        Map<String, Tensor> fixed = Map.of(OptimisationPlan.STEPS_IN_ALL, Tensor.of(Shape.of(1), (double) steps));
        Map<String, Tensor> state = new HashMap<>(start(STARTS).values());
        state.put(OptimisationPlan.STEP, Tensor.of(Shape.of(1), 0.0));
        try (StepRuns single = new SingleSteps(step(), RuntimeOptions.withThreads(1));
                StepRuns loop = new LoopSteps(step(), RuntimeOptions.withThreads(1))) {
            assertEquals(loop.run(state, fixed, Map.of(), steps), single.run(state, fixed, Map.of(), steps));
        }
    }

    @Test
    void staysWhereItIsWithoutAGradient() {
        try (OptimisationLoop loop = valleys(1)) {
            OptimisationState there =
                    loop.run(start(new double[5]), Map.of(), 3, 3).state();
            assertArrayEquals(new double[3], there.values().get("x").toDoubles());
        }
    }

    @Test
    void aMemoryOfNothingIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new QuasiNewton(0, LearningRateSchedule.constant(LENGTH_MAX)));
    }
}
