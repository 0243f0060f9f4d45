package org.saminversion.inversion.network.encoder;

import java.util.Set;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.ResidualBlocks;

/** The trunk of ReStyle for domains other than faces: ResNet-34 without max pooling (spec networks.md 5). */
final class ResNet34 {
    private static final int BLOCKS = 16;
    private static final Set<Integer> HALVING = Set.of(3, 7, 13);

    private final Layers layers;

    ResNet34(Layers layers) {
        this.layers = layers;
    }

    /** Features at 1/16 of the image's size. */
    Value coarse(Value image) {
        Value x = layers.parametricRelu(layers.normalisedConvolution(image, "conv1", "bn1", 2, 1), "relu");
        for (int i = 0; i < BLOCKS; i++) {
            x = ResidualBlocks.basic(x, layers.under("body." + i), HALVING.contains(i) ? 2 : 1);
        }
        return x;
    }
}
