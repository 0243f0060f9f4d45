package org.saminversion.inversion.direction;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LayerRange;

/**
 * A direction of the style space: what strength 1 adds to the scales of the convolutions' inputs.
 *
 * @param offsets [1,rows,width] as {@link org.saminversion.inversion.network.StyleChannels} has them; zero outside the direction's
 *     layers
 */
public record ChannelDirection(String name, Tensor offsets) implements StyleEdit {
    /** @throws JobFailure.Rejected of kind {@code direction-invalid} if the direction is of another generator */
    @Override
    public void moveChannels(float[] all, double strength, LayerRange layers) {
        Shape shape = offsets.shape();
        if (shape.elements() != all.length) {
            throw new JobFailure.Rejected(
                    DirectionFile.INVALID,
                    "the direction " + name + " is " + shape + ", and this generator's style space has " + all.length
                            + " channels");
        }
        float[] direction = offsets.toFloats();
        for (int i = 0; i < all.length; i++) {
            if (layers.contains(i / shape.size(2))) {
                all[i] += (float) (strength * direction[i]);
            }
        }
    }

    @Override
    public boolean isInStyleSpace() {
        return true;
    }
}
