package org.saminversion.inversion.method;

/** Where the errors of an invertibility map come from. */
public enum MapSource {
    /** From the bundle's invertibility network, in one pass; measured if the bundle has none. */
    PREDICTED,
    /** From inverting the photograph shortly into every candidate space. */
    MEASURED;

    /** The setting that demands measured errors. */
    public static final String NAME = "measured-map";

    static final MethodSetting SETTING = new MethodSetting(
            NAME, 0, 0, 1, "1 measures the errors of the map, 0 lets the bundle's network predict them if it has one");

    /** What was chosen. */
    public static MapSource of(MethodSettings settings) {
        return settings.of(SETTING) >= 0.5 ? MEASURED : PREDICTED;
    }
}
