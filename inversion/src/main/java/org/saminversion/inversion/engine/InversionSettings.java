package org.saminversion.inversion.engine;

import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.inversion.method.Optimizer;

/**
 * What a caller may choose about one inversion.
 *
 * @param method one of {@link org.saminversion.inversion.method.InversionMethods}, such as {@code sam} or {@code F4}
 * @param tau error ceiling of the invertibility map, in [0,2]; a segment takes the most editable space whose mean error is at
 *     most this (spec baselines.md section 7)
 * @param steps optimisation steps, 1 to 10,000
 * @param seed seeds everything random; the same seed, bundle and machine give identical latents
 * @param chosen what is chosen about the method, see {@code ./sam methods}
 */
public record InversionSettings(String method, double tau, int steps, long seed, MethodSettings chosen) {
    public static final int STEPS_MAX = 10_000;
    public static final double TAU_MAX = 2;

    /** With the usual values of the method's own settings. */
    public InversionSettings(String method, double tau, int steps, long seed) {
        this(method, tau, steps, seed, MethodSettings.USUAL);
    }

    /** @throws JobFailure.Rejected if a value is out of its range */
    public InversionSettings {
        if (!(tau >= 0 && tau <= TAU_MAX)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "tau must be a number from 0 to " + TAU_MAX + ", not " + tau);
        }
        if (steps < 1 || steps > STEPS_MAX) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "steps must be from 1 to " + STEPS_MAX + ", not " + steps);
        }
    }

    /** The same with an optimiser's settings where they differ from the usual, except for those that were chosen. */
    public InversionSettings descendingAs(Optimizer optimizer) {
        return new InversionSettings(method, tau, steps, seed, chosen.over(optimizer.differences()));
    }

    /** The same with another number of steps. */
    public InversionSettings withSteps(int other) {
        return new InversionSettings(method, tau, other, seed, chosen);
    }

    /** The same with another error ceiling. */
    public InversionSettings withTau(double other) {
        return new InversionSettings(method, other, steps, seed, chosen);
    }
}
