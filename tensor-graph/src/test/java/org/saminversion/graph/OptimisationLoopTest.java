package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptimisationLoopTest {
    private static final LearningRateSchedule RAMP = LearningRateSchedule.ramp(0.05);

    /** Minimises sum((x - goal)^2), where the goal is squared outside the loop. */
    private static OptimisationLoop parabola() {
        Graph graph = new Graph();
        Value x = graph.input("x", 4);
        Value goal = graph.input("root", 4).square();
        Value loss = x.subtract(goal).square().sum();
        return OptimisationLoop.compile(
                graph, List.of("x"), loss, List.of(loss), RAMP, Adam.STANDARD, RuntimeOptions.withThreads(1));
    }

    private static final Map<String, Tensor> DATA = Map.of("root", Tensor.of(Shape.of(4), 0.1f, -0.5f, 1f, 2f));

    private static OptimisationState start() {
        return OptimisationState.start(Map.of("x", Tensor.zeros(Shape.of(4))));
    }

    @Test
    void followsAdamAsWrittenDown() {
        int steps = 40;
        double[] x = new double[4];
        double[] m = new double[4];
        double[] v = new double[4];
        double[] goal = {0.01, 0.25, 1, 4};
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < 4; i++) {
                double gradient = 2 * (x[i] - goal[i]);
                losses[step] += (x[i] - goal[i]) * (x[i] - goal[i]);
                m[i] = 0.9 * m[i] + 0.1 * gradient;
                v[i] = 0.999 * v[i] + 0.001 * gradient * gradient;
                double first = m[i] / (1 - Math.pow(0.9, step + 1));
                double second = v[i] / (1 - Math.pow(0.999, step + 1));
                x[i] -= RAMP.at(step, steps) * first / (Math.sqrt(second) + 1e-8);
            }
        }
        try (OptimisationLoop loop = parabola()) {
            OptimisationLoop.Outcome outcome = loop.run(start(), DATA, steps, steps);
            assertArrayEquals(losses, outcome.reports().toDoubles(), 1e-4);
            assertArrayEquals(x, outcome.state().values().get("x").toDoubles(), 1e-5);
            assertEquals(steps, outcome.state().step());
        }
    }

    @Test
    void twoRunsGiveTheBitsOfOne() {
        try (OptimisationLoop loop = parabola()) {
            OptimisationState whole = loop.run(start(), DATA, 30, 30).state();
            OptimisationState half = loop.run(start(), DATA, 11, 30).state();
            OptimisationState both = loop.run(half, DATA, 19, 30).state();
            assertEquals(whole, both);
        }
    }

    /** x follows a draw of each step, y is scaled to length 1 after each step, and the loss weighs x by the step's number. */
    private static OptimisationLoop twoGroups() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        Value y = graph.input("y", 2);
        Value draw = graph.input("draw", 2);
        Value weight = OptimisationPlan.step(graph).add(1).cast(ElementType.FLOAT32);
        Value loss = x.subtract(draw)
                .square()
                .multiply(weight)
                .sum()
                .add(y.subtract(x).square().sum());
        VariableGroup free = new VariableGroup(List.of("x"), RAMP, Adam.STANDARD);
        VariableGroup onCircle = new VariableGroup(
                List.of("y"),
                LearningRateSchedule.constant(0.1),
                Adam.STANDARD,
                moved -> moved.divide(moved.square().sum(0).squareRoot()));
        return OptimisationLoop.compile(
                graph,
                new OptimisationPlan(loss, List.of(loss), List.of(free, onCircle), Set.of("draw")),
                RuntimeOptions.withThreads(1));
    }

    private static final float[] DRAWS = {0.3f, -0.2f, 0.5f, 0.1f, -0.4f, 0.9f, 0.2f, 0.7f};

    private static Map<String, Tensor> draws(int from, int to) {
        return Map.of("draw", Tensor.of(Shape.of(to - from, 2), Arrays.copyOfRange(DRAWS, 2 * from, 2 * to)));
    }

    private static OptimisationState twoGroupsStart() {
        return OptimisationState.start(
                Map.of("x", Tensor.of(Shape.of(2), 0f, 0f), "y", Tensor.of(Shape.of(2), 0.6f, 0.8f)));
    }

    @Test
    void groupsMoveByTheirOwnRulesAndDrawsChangeFromStepToStep() {
        int steps = 4;
        double[] x = {0, 0};
        double[] y = {0.6, 0.8};
        double[][] first = new double[2][2];
        double[][] second = new double[2][2];
        for (int step = 0; step < steps; step++) {
            double[] beforeX = x.clone();
            for (int i = 0; i < 2; i++) {
                double gradient = 2 * (step + 1) * (beforeX[i] - DRAWS[2 * step + i]) - 2 * (y[i] - beforeX[i]);
                x[i] -= adam(gradient, step, i, first[0], second[0], RAMP.at(step, steps));
            }
            for (int i = 0; i < 2; i++) {
                double gradient = 2 * (y[i] - beforeX[i]);
                y[i] -= adam(gradient, step, i, first[1], second[1], 0.1);
            }
            double length = Math.hypot(y[0], y[1]);
            y[0] /= length;
            y[1] /= length;
        }
        try (OptimisationLoop loop = twoGroups()) {
            OptimisationState state =
                    loop.run(twoGroupsStart(), draws(0, steps), steps, steps).state();
            assertArrayEquals(x, state.values().get("x").toDoubles(), 1e-5);
            assertArrayEquals(y, state.values().get("y").toDoubles(), 1e-5);
        }
    }

    private static double adam(double gradient, int step, int i, double[] first, double[] second, double rate) {
        first[i] = 0.9 * first[i] + 0.1 * gradient;
        second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
        double root = Math.sqrt(second[i] / (1 - Math.pow(0.999, step + 1)));
        return rate * first[i] / (1 - Math.pow(0.9, step + 1)) / (root + 1e-8);
    }

    @Test
    void drawsMayBeDividedIntoRuns() {
        try (OptimisationLoop loop = twoGroups()) {
            OptimisationState whole =
                    loop.run(twoGroupsStart(), draws(0, 4), 4, 4).state();
            OptimisationState half =
                    loop.run(twoGroupsStart(), draws(0, 1), 1, 4).state();
            assertEquals(whole, loop.run(half, draws(1, 4), 3, 4).state());
        }
    }

    @Test
    void refusesDrawsForAnotherNumberOfSteps() {
        try (OptimisationLoop loop = twoGroups()) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> loop.run(twoGroupsStart(), draws(0, 2), 3, 4));
            assertTrue(refused.getMessage().contains("draw"), refused.getMessage());
        }
    }

    @Test
    void refusesAVariableOfTwoGroups() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1);
        VariableGroup group = new VariableGroup(List.of("x"), RAMP, Adam.STANDARD);
        assertThrows(
                IllegalArgumentException.class,
                () -> new OptimisationPlan(x, List.of(x), List.of(group, group), Set.of()));
    }

    @Test
    void theRampIsTheReferences() {
        LearningRateSchedule ramp = LearningRateSchedule.ramp(0.05);
        assertEquals(0, ramp.at(0, 1001));
        assertEquals(0.000999, ramp.at(1, 1001), 1e-6);
        assertEquals(0.00999, ramp.at(10, 1001), 1e-5);
        assertEquals(0.05, ramp.at(51, 1001), 1e-9);
        assertEquals(0.045372, ramp.at(800, 1001), 1e-6);
        assertEquals(0.017544, ramp.at(900, 1001), 1e-6);
        assertTrue(ramp.at(1000, 1001) < 3e-6);
    }
}
