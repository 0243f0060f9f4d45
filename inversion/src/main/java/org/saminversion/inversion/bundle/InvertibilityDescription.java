package org.saminversion.inversion.bundle;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A network that predicts how badly each candidate space reconstructs each pixel of a photograph.
 *
 * @param file safetensors with its weights
 * @param correlation of predicted and true errors over the pixels of a picture, where it was measured; in [-1,1]
 */
public record InvertibilityDescription(Kind kind, String file, OptionalDouble correlation) {
    /** What network it is. */
    public enum Kind {
        /** A small U-Net on the bundle's perceptual network. */
        COMPACT("compact"),
        /** The paper's: DeepLab v3+ on ResNet-101, its tensors under {@code base.}, and a head per space (spec networks.md 6). */
        DEEPLAB("deeplab");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The kind in {@code bundle.yaml}. */
        public String label() {
            return label;
        }

        /** @throws IllegalArgumentException that lists the kinds there are */
        static Kind parse(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no invertibility network of kind " + label
                            + "; known are "
                            + Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "))));
        }
    }

    public InvertibilityDescription {
        if (correlation.isPresent() && !(Math.abs(correlation.getAsDouble()) <= 1)) {
            throw new IllegalArgumentException("a correlation is from -1 to 1, not " + correlation.getAsDouble());
        }
    }
}
