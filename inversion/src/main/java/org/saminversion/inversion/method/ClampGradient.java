package org.saminversion.inversion.method;

/** What the gradient is where the generated image lies outside [-1,1] and is clamped before the losses see it. */
public enum ClampGradient {
    /** Zero, as in the released code: a pixel that once oversteps, from white to below black say, stays there for good. */
    ZERO,
    /** The part that leads back inside: the image in range is the same, and no pixel gets stuck. */
    RETURNING
}
