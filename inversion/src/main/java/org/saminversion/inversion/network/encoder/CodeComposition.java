package org.saminversion.inversion.network.encoder;

/** How the heads of an encoder make style vectors. */
public enum CodeComposition {
    /** Each head gives its style vector (pSp's GradualStyleEncoder and ReStyle over pSp). */
    SEPARATE,
    /** The first head gives all of them, the others add their deviations (e4e's Encoder4Editing and ReStyle over e4e). */
    DEVIATIONS
}
