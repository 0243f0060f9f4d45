package org.saminversion.inversion.network;

import java.util.Optional;
import org.saminversion.graph.Value;

/**
 * What follows a convolution of StyleGAN2: a = lrelu(d y + b + n), with the convolution's output y, the demodulation d, bias and noise.
 *
 * <p>The gradient for d is the sum of g' y, where g' is the gradient for d y + b + n, and would need y, which is as large as a and
 * needed for nothing else. Since the leaky relu is the same line through zero on both sides of each term, d times that sum is the sum of
 * g a, with the gradient g for a, less the sum of g' (b + n). So y is not kept: a quarter of all activations.
 */
final class DemodulatedActivation {
    private DemodulatedActivation() {}

    /**
     * @param y [N,C,H,W]
     * @param demodulation [N,C,1,1]
     * @param bias [1,C,1,1]
     * @param noise [1,1,H,W]
     */
    static Value of(Value y, Value demodulation, Value bias, Optional<Value> noise, float slope) {
        Value d = demodulation.detach();
        // Zero; a change of d is this times d.
        Value change = demodulation.subtract(d).divide(d);
        Value offset = noise.map(bias::add).orElse(bias);
        Value sum = y.multiply(d).add(offset);
        Value withoutBias = sum.subtract(change.multiply(bias.detach()));
        Value withoutOffset =
                noise.map(n -> withoutBias.subtract(product(change, n))).orElse(withoutBias);
        Value activated = sum.withGradientOf(withoutOffset).leakyRelu(slope);
        return activated.withGradientOf(activated.add(activated.detach().multiply(change)));
    }

    /** A number for each channel times one for each pixel, as a matrix product, whose gradient is one as well. */
    private static Value product(Value ofChannels, Value ofPixels) {
        int images = ofChannels.shape().size(0);
        int channels = ofChannels.shape().size(1);
        int height = ofPixels.shape().size(2);
        int width = ofPixels.shape().size(3);
        return ofChannels
                .reshape(images, channels, 1)
                .matrixProduct(ofPixels.detach().reshape(1, 1, height * width))
                .reshape(images, channels, height, width);
    }
}
