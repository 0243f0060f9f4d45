package org.saminversion.inversion.network;

/** What the layers' noise inputs are. */
public enum NoiseMode {
    /** The checkpoint's fixed noise: reproducible, the default. */
    CONSTANT,
    /** Inputs {@code noise.LAYER} [1,1,r,r] of the program, which the caller draws from a seed. */
    RANDOM,
    /** Without noise. */
    NONE
}
