package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Runs a property over random cases; a failure names its seed. */
final class Seeded {
    private static final double TOLERANCE = 2e-3;

    private Seeded() {}

    static void forAll(int cases, Consumer<RandomGenerator> property) {
        for (long seed = 0; seed < cases; seed++) {
            try {
                property.accept(new SplittableRandom(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("failed for seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }

    /** Normal numbers, as a tensor. */
    static Tensor normal(RandomGenerator random, int... sizes) {
        float[] values = new float[Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(Shape.of(sizes), values);
    }

    /** Uniform numbers in [low, high), as a tensor. */
    static Tensor uniform(RandomGenerator random, double low, double high, int... sizes) {
        float[] values = new float[Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(low, high);
        }
        return Tensor.of(Shape.of(sizes), values);
    }

    /** Equal but for rounding, by the largest number: fails with the name. */
    static void requireClose(String name, Tensor wanted, Tensor got) {
        float[] expected = wanted.toFloats();
        double largest = 0;
        for (float number : expected) {
            largest = Math.max(largest, Math.abs(number));
        }
        assertArrayEquals(expected, got.toFloats(), (float) (TOLERANCE * largest), name);
    }
}
