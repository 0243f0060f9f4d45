package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules of training against what PyTorch's documentation writes down, on the loss {@code sum(c (x - goal)^2)}. */
class UpdateRuleTest {
    private static final int SIZE = 5;
    private static final int STEPS = 20;

    private static double[] descended(
            double[] start,
            double[] curvature,
            double[] goal,
            LearningRate rate,
            UpdateRule rule,
            OptionalDouble gradientNormMax) {
        Graph graph = new Graph();
        Value x = graph.input("x", SIZE);
        Value loss = x.subtract(graph.constant("goal", tensor(goal)))
                .square()
                .multiply(graph.constant("curvature", tensor(curvature)))
                .sum();
        OptimisationPlan plan = new OptimisationPlan(
                loss,
                List.of(loss),
                List.of(new VariableGroup(List.of("x"), rate, rule)),
                Set.of(),
                Map.of(),
                gradientNormMax);
        try (OptimisationLoop loop = OptimisationLoop.compile(graph, plan, RuntimeOptions.withThreads(1))) {
            return loop.run(OptimisationState.start(Map.of("x", tensor(start))), Map.of(), STEPS, STEPS)
                    .state()
                    .values()
                    .get("x")
                    .toDoubles();
        }
    }

    private static Tensor tensor(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return Tensor.of(Shape.of(values.length), narrow);
    }

    @Test
    void momentumDescentWithDecayAndThePolySchedule() {
        Seeded.forAll(5, random -> {
            double[] start = Seeded.normal(random, SIZE).toDoubles();
            double[] goal = Seeded.normal(random, SIZE).toDoubles();
            double[] curvature = Seeded.uniform(random, 0.1, 2, SIZE).toDoubles();
            double decay = random.nextDouble(0, 0.1);
            double momentum = random.nextDouble(0.5, 0.95);
            double[] x = start.clone();
            double[] velocity = new double[SIZE];
            for (int step = 0; step < STEPS; step++) {
                double rate = 0.05 * Math.pow(1 - (double) step / STEPS, 0.9);
                for (int i = 0; i < SIZE; i++) {
                    velocity[i] = momentum * velocity[i] + 2 * curvature[i] * (x[i] - goal[i]) + decay * x[i];
                    x[i] -= rate * velocity[i];
                }
            }
            PolynomialDecay poly = new PolynomialDecay(0.05, 0.9);
            assertEquals(0.05 * Math.pow(0.25, 0.9), poly.at(15, STEPS), 1e-12);
            assertArrayEquals(
                    x,
                    descended(
                            start, curvature, goal, poly, new MomentumDescent(momentum, decay), OptionalDouble.empty()),
                    1e-5);
        });
    }

    @Test
    void longGradientsAreScaledToTheBoundBeforeTheyAreUsed() {
        Seeded.forAll(5, random -> {
            double[] start = Seeded.normal(random, SIZE).toDoubles();
            double[] goal = Seeded.normal(random, SIZE).toDoubles();
            double[] curvature = Seeded.uniform(random, 0.1, 2, SIZE).toDoubles();
            double[] x = start.clone();
            for (int step = 0; step < STEPS; step++) {
                double[] gradient = new double[SIZE];
                double squares = 0;
                for (int i = 0; i < SIZE; i++) {
                    gradient[i] = 2 * curvature[i] * (x[i] - goal[i]);
                    squares += gradient[i] * gradient[i];
                }
                double scale = Math.min(1, 0.5 / Math.sqrt(squares));
                for (int i = 0; i < SIZE; i++) {
                    x[i] -= 0.1 * scale * gradient[i];
                }
            }
            LearningRate rate = LearningRateSchedule.constant(0.1);
            assertArrayEquals(
                    x,
                    descended(start, curvature, goal, rate, new MomentumDescent(0, 0), OptionalDouble.of(0.5)),
                    1e-4);
        });
    }

    @Test
    void adamWithDecayTakesAShareOfTheVariableAway() {
        double[] start = {1, -2, 0.5, 3, -0.1};
        double[] goal = {0, 1, 0, -1, 0.2};
        double[] curvature = {1, 0.5, 2, 0.3, 1};
        double[] x = start.clone();
        double[] first = new double[SIZE];
        double[] second = new double[SIZE];
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < SIZE; i++) {
                double gradient = 2 * curvature[i] * (x[i] - goal[i]);
                first[i] = 0.9 * first[i] + 0.1 * gradient;
                second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
                double corrected = first[i] / (1 - Math.pow(0.9, step + 1));
                double root = Math.sqrt(second[i] / (1 - Math.pow(0.999, step + 1))) + 1e-8;
                x[i] -= 0.02 * 0.3 * x[i] + 0.02 * corrected / root;
            }
        }
        LearningRate rate = LearningRateSchedule.constant(0.02);
        assertArrayEquals(
                x, descended(start, curvature, goal, rate, Adam.withWeightDecay(0.3), OptionalDouble.empty()), 1e-5);
    }
}
