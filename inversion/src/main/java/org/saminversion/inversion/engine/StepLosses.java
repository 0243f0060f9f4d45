package org.saminversion.inversion.engine;

import org.saminversion.inversion.failure.JobFailure;

/**
 * The terms of the objective before one optimisation step (spec baselines.md section 7); {@code total} is their weighted sum, with
 * whatever else the method adds.
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
        double featureNorm) {
    /** @throws JobFailure.Poisoned if the total is no finite number */
    void requireFinite() {
        if (!Double.isFinite(total)) {
            throw new JobFailure.Poisoned("the loss is no longer a finite number at step " + step
                    + ": the weights of the bundle are damaged, or the photograph drives them out of range");
        }
    }
}
