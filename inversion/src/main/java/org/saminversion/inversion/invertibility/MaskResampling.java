package org.saminversion.inversion.invertibility;

/** How binary masks are brought to the resolution of a feature space (spec baselines.md 7.1). */
public enum MaskResampling {
    /** Pillow's antialiased Lanczos filter, as the released code does: soft borders. */
    LANCZOS,
    /** Bilinear, as the paper says: the triangle filter, antialiased too. */
    BILINEAR
}
