package org.saminversion.inversion.engine;

/**
 * How long trial inversions take.
 *
 * @param styles steps in W+ from the mean of W, at least 1
 * @param features further steps in each feature space from the style vectors that were found; 0 leaves these spaces out
 */
public record TrialSteps(int styles, int features) {
    /** In W+ those of measured maps. Enough for the spaces to separate: the learning rate's whole ramp is run through in both parts. */
    public static final TrialSteps STANDARD = new TrialSteps(MeasuredErrors.STEPS, 40);

    public TrialSteps {
        if (styles < 1 || features < 0) {
            throw new IllegalArgumentException(
                    "trial inversions cannot take " + styles + " and " + features + " steps");
        }
    }

    /** The same in W+ alone. */
    public TrialSteps withoutFeatures() {
        return new TrialSteps(styles, 0);
    }

    /** A word for folders. */
    public String label() {
        return styles + "-" + features + "-steps";
    }

    int total() {
        return styles + features;
    }
}
