package org.saminversion.inversion.objective;

/** Where the paper and the released code differ (spec baselines.md 7.1), which of the two is followed. */
public enum Formulation {
    /**
     * The distance of style vectors from the first as a norm, the Gaussian prior around leaky(mean of w), masks resized by Lanczos.
     */
    RELEASED,
    /** The distance squared, the prior around the mean of leaky(w), masks resized bilinearly. */
    PAPER
}
