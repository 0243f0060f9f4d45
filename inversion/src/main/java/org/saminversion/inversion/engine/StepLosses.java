package org.saminversion.inversion.engine;

/**
 * The terms of the objective before one optimisation step (spec baselines.md section 7); {@code total} is their weighted sum.
 *
 * @param step counted from 0
 */
public record StepLosses(
        int step,
        double total,
        double mse,
        double lpips,
        double gaussianPrior,
        double styleSpread,
        double featureNorm) {}
