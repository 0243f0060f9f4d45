package org.saminversion.inversion.edit;

/**
 * What the RGB contributions of the blocks up to a feature space show inside its segments after an edit (spec edits.md section 3).
 */
public enum RgbSkip {
    /** The unedited colour up to layer k, as the paper says. */
    UNEDITED,
    /** The edited colour, as the released code does: a colour edit leaks a low-resolution tint into the segment. */
    EDITED
}
