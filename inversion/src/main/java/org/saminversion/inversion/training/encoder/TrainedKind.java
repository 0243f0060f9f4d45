package org.saminversion.inversion.training.encoder;

/** Which encoder is trained. */
public enum TrainedKind {
    /** Photographs to style vectors, in the place of e4e: a compact network of our own. */
    E4E,
    /** Deltas of the feature spaces after the style vectors: the paper's encoder setting. */
    SAM
}
