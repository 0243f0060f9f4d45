package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
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
