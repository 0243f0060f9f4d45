package org.saminversion.inversion.text;

import java.util.Locale;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LayerRange;

/**
 * StyleCLIP's global direction: the channels of the style space that do what a text says, each as far as it does it (spec edits.md 2).
 *
 * @param offsets [1,rows,width], as {@link org.saminversion.inversion.network.StyleChannels} has them
 * @param channels how many it moves
 */
public record TextDirection(Tensor offsets, int channels) {
    /**
     * @param change in CLIP's space, of length 1, from {@link ClipNetwork#change}
     * @param threshold channels whose effect has a smaller product with the change stay: higher disentangles more
     * @param layers the styles whose channels may move
     * @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if no channel is left, or the change is of another CLIP
     */
    public static TextDirection of(ChannelEffects effects, double[] change, double threshold, LayerRange layers) {
        Shape shape = effects.directions().shape();
        int width = shape.size(1);
        int dimension = shape.size(2);
        if (dimension != change.length) {
            throw new JobFailure.Rejected(
                    "bundle-invalid",
                    "the effects of channels have " + dimension + " dimensions, and this CLIP has " + change.length
                            + ": measure them again with sam directions channels");
        }
        double[] directions = effects.directions().toDoubles();
        double[] relevance = new double[shape.size(0) * width];
        double largest = 0;
        for (int i = 0; i < relevance.length; i++) {
            for (int k = 0; k < dimension && layers.contains(i / width); k++) {
                relevance[i] += directions[i * dimension + k] * change[k];
            }
            largest = Math.max(largest, Math.abs(relevance[i]));
        }
        if (largest == 0 || largest < threshold) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    String.format(
                            Locale.ROOT,
                            "no channel does what the text says to a degree of %s; the most that one does is %.3f:"
                                    + " lower --threshold",
                            threshold,
                            largest));
        }
        double[] deviations = effects.deviations().toDoubles();
        float[] offsets = new float[relevance.length];
        int channels = 0;
        for (int i = 0; i < offsets.length; i++) {
            if (Math.abs(relevance[i]) >= threshold && relevance[i] != 0) {
                offsets[i] = (float) (relevance[i] / largest * deviations[i]);
                channels++;
            }
        }
        return new TextDirection(Tensor.of(Shape.of(1, shape.size(0), width), offsets), channels);
    }
}
