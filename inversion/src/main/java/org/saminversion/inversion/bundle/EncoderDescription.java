package org.saminversion.inversion.bundle;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network that gives style vectors of a photograph, or deltas of its feature spaces.
 *
 * @param file safetensors with its weights, and, where it gives style vectors, {@code latent_avg} [L,w_dim] or [w_dim], to which its codes are added; without
 *     that, the mean of W
 * @param inputWidth pixels of the picture that it takes
 * @param inputHeight likewise
 * @param quality where it was measured
 */
public record EncoderDescription(
        Kind kind, String file, int inputWidth, int inputHeight, Optional<EncoderQuality> quality) {
    private static final int INPUT_MIN = 16;
    private static final int INPUT_MAX = 1024;

    /** What network it is, and how often it is applied. */
    public enum Kind {
        /** One style vector and deviations from it, in one pass (spec networks.md 4). */
        E4E("e4e", false),
        /** Separate style vectors, in one pass. */
        PSP("psp", false),
        /** pSp that sees its last reconstruction, in several passes (spec networks.md 5). */
        RESTYLE_PSP("restyle-psp", true),
        /** e4e that sees its last reconstruction, in several passes. */
        RESTYLE_E4E("restyle-e4e", true),
        /** A small network of our own for generators of few pixels, in one pass. */
        COMPACT("compact", false),
        /** Networks of our own that give a delta for each feature space, after another encoder's style vectors. */
        DELTAS("deltas", false);

        private final String label;
        private final boolean iterative;

        Kind(String label, boolean iterative) {
            this.label = label;
            this.iterative = iterative;
        }

        /** The kind in {@code bundle.yaml}. */
        public String label() {
            return label;
        }

        /** Whether it sees its last reconstruction. */
        public boolean isIterative() {
            return iterative;
        }

        /** Whether it gives style vectors of a photograph at once. */
        public boolean givesStylesInOnePass() {
            return !iterative && this != DELTAS;
        }

        /** @throws IllegalArgumentException that lists the kinds there are */
        public static Kind parse(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no encoder kind " + label + "; known are "
                            + Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "))));
        }
    }

    /** An encoder that was not measured. */
    public EncoderDescription(Kind kind, String file, int inputWidth, int inputHeight) {
        this(kind, file, inputWidth, inputHeight, Optional.empty());
    }

    public EncoderDescription {
        if (inputWidth < INPUT_MIN || inputHeight < INPUT_MIN || inputWidth > INPUT_MAX || inputHeight > INPUT_MAX) {
            throw new IllegalArgumentException("an encoder takes pictures of " + INPUT_MIN + " to " + INPUT_MAX
                    + " pixels along each axis, not " + inputWidth + " x " + inputHeight);
        }
    }

    /** The same encoder, measured. */
    public EncoderDescription withQuality(EncoderQuality measured) {
        return new EncoderDescription(kind, file, inputWidth, inputHeight, Optional.of(measured));
    }
}
