package org.saminversion.inversion.method;

/** Where an optimisation of W+ starts. */
public enum Start {
    /** The mean of W. */
    MEAN,
    /** What the bundle's encoder e4e gives for the photograph. */
    ENCODER
}
