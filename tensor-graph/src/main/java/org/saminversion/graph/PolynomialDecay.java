package org.saminversion.graph;

/**
 * The "poly" schedule of segmentation networks (spec baselines.md 7.3): {@code initial (1 - step / steps)^power}.
 *
 * @param initial learning rate of the first step
 * @param power 0.9 in the reference
 */
public record PolynomialDecay(double initial, double power) implements LearningRate {
    @Override
    public Value at(Value step, Value steps) {
        Value left = step.like(1).subtract(step.divide(steps));
        return left.power(power).multiply(initial);
    }

    @Override
    public double at(int step, int steps) {
        return initial * Math.pow(1 - (double) step / steps, power);
    }
}
