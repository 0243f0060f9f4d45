package org.saminversion.inversion.method;

/** Where an optimisation of W+ and feature deltas starts. */
public enum Start {
    /** The mean of W and no deltas. */
    MEAN,
    /** What the bundle's encoder e4e gives for the photograph, and no deltas: the released code (spec baselines.md section 7). */
    STYLES,
    /** Style vectors and deltas as the method {@code sam-encoder} gives them. */
    DELTAS;

    /** The setting that chooses, by number. */
    public static final String NAME = "start";

    static final MethodSetting SETTING = new MethodSetting(
            NAME,
            0,
            0,
            2,
            "0 starts at the mean of W, 1 at the style vectors of the bundle's encoder, 2 at its style vectors and deltas");

    static Start of(MethodSettings settings) {
        return values()[(int) settings.of(SETTING)];
    }
}
