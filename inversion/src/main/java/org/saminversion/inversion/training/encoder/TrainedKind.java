package org.saminversion.inversion.training.encoder;

import org.saminversion.inversion.bundle.EncoderDescription;

/** Which encoder is trained. */
public enum TrainedKind {
    /** Photographs to style vectors that stay close to the generator's own, in the place of e4e: a compact network of our own. */
    E4E(EncoderDescription.Kind.COMPACT),
    /** The same network on photographs alone, in the place of pSp: closer to the photograph, further from the generator's own. */
    PSP(EncoderDescription.Kind.PSP),
    /** The same that sees its last rendering, in the place of ReStyle. */
    RESTYLE(EncoderDescription.Kind.RESTYLE_PSP),
    /** Deltas of the feature spaces after the style vectors: the paper's encoder setting. */
    SAM(EncoderDescription.Kind.DELTAS);

    private final EncoderDescription.Kind written;

    TrainedKind(EncoderDescription.Kind written) {
        this.written = written;
    }

    /** What the encoder is in the bundle. */
    EncoderDescription.Kind written() {
        return written;
    }
}
