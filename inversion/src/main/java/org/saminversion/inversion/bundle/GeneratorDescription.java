package org.saminversion.inversion.bundle;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.saminversion.inversion.space.LatentSpace;

/**
 * A generator, tensor names as in spec networks.md sections 1 and 8.
 *
 * @param file safetensors with its weights
 * @param resolution side of its image in pixels, a power of two of at least 8
 * @param zDim width of a random vector
 * @param wDim width of a code: of a style vector, or of a latent vector and a class embedding together
 * @param mappingLayers fully connected layers from one to the other, if any
 * @param convClamp bound on activations, for StyleGAN2 generators that were trained with one
 * @param classes that can be asked for; 0 for a generator without classes
 * @param truncation of latent vectors and statistics, for BigGAN; 1 otherwise
 */
public record GeneratorDescription(
        Kind kind,
        String file,
        int resolution,
        int zDim,
        int wDim,
        int mappingLayers,
        OptionalDouble convClamp,
        int classes,
        double truncation) {
    /** The families of generators. */
    public enum Kind {
        STYLEGAN2,
        BIGGAN_DEEP;

        /** The kind in {@code bundle.yaml}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException that lists the kinds there are */
        static Kind parse(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("generator.kind is " + label + "; known are "
                            + Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(" and "))));
        }
    }

    public GeneratorDescription {
        if (resolution < 8 || resolution > 4096 || Integer.bitCount(resolution) != 1) {
            throw new IllegalArgumentException(
                    "the resolution of a generator is a power of two from 8 to 4096, not " + resolution);
        }
        if (!(truncation > 0 && truncation <= 1)) {
            throw new IllegalArgumentException("a truncation is above 0 and at most 1, not " + truncation);
        }
    }

    /** A StyleGAN2 generator without classes. */
    public GeneratorDescription(
            String file, int resolution, int zDim, int wDim, int mappingLayers, OptionalDouble convClamp) {
        this(Kind.STYLEGAN2, file, resolution, zDim, wDim, mappingLayers, convClamp, 0, 1);
    }

    /**
     * Codes of a photograph. StyleGAN2 has one per convolution and one for the last colour layer: 10 at 64 pixels, 18 at 1024;
     * BigGAN-deep one for the start and two for each doubling of the resolution: 11 at 128 pixels.
     */
    public int styles() {
        int doublings = Integer.numberOfTrailingZeros(resolution);
        return switch (kind) {
            case STYLEGAN2 -> 2 * doublings - 2;
            case BIGGAN_DEEP -> 2 * doublings - 3;
        };
    }

    /** Whether this generator computes such features: F8 is the last of a 64-pixel generator. */
    public boolean has(LatentSpace space) {
        return !space.isFeatureSpace() || space.resolution() <= resolution;
    }
}
