package org.saminversion.inversion.bundle;

import java.util.OptionalDouble;
import org.saminversion.inversion.space.LatentSpace;

/**
 * A StyleGAN2 generator, tensor names as in spec networks.md section 1.
 *
 * @param file safetensors with its weights
 * @param resolution side of its image in pixels, a power of two of at least 8
 * @param zDim width of the input of the mapping network
 * @param wDim width of a style vector
 * @param mappingLayers fully connected layers of the mapping network
 * @param convClamp bound on activations, for generators that were trained with one
 */
public record GeneratorDescription(
        String file, int resolution, int zDim, int wDim, int mappingLayers, OptionalDouble convClamp) {
    /** The kind in {@code bundle.yaml}. */
    public static final String KIND = "stylegan2";

    public GeneratorDescription {
        if (resolution < 8 || resolution > 4096 || Integer.bitCount(resolution) != 1) {
            throw new IllegalArgumentException(
                    "the resolution of a generator is a power of two from 8 to 4096, not " + resolution);
        }
    }

    /** Style vectors of W+: one per convolution and one for the last colour layer; 10 at 64 pixels, 18 at 1024. */
    public int styles() {
        return 2 * Integer.numberOfTrailingZeros(resolution) - 2;
    }

    /** Whether this generator computes such features: F8 is the last of a 64-pixel generator. */
    public boolean has(LatentSpace space) {
        return !space.isFeatureSpace() || space.resolution() <= resolution;
    }
}
