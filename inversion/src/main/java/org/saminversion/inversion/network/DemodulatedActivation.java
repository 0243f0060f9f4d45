package org.saminversion.inversion.network;

import java.util.Optional;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/**
 * What follows a convolution of StyleGAN2: a = lrelu(d y + b + n), with the convolution's output y, the demodulation d, bias and noise.
 *
 * <p>The gradient for d is the sum of g' y, where g' is the gradient for d y + b + n, and would need y, which is as large as a and
 * needed for nothing else. Since the leaky relu is the same line through zero on both sides of each term, d times that sum is the sum of
 * g a, with the gradient g for a, less the sum of g' (b + n). So y is not kept: a quarter of all activations. The sum of g a is left
 * to {@link ScaledFeatures}.
 */
final class DemodulatedActivation {
    private DemodulatedActivation() {}

    /**
     * @param y [N,C,H,W]
     * @param demodulation [N,C,1,1]
     * @param bias [1,C,1,1]
     * @param noise [1,1,H,W], or [N,1,H,W] where each image has noise of its own
     */
    static ScaledFeatures of(Value y, Value demodulation, Value bias, Optional<Value> noise, float slope) {
        Value d = demodulation.detach();
        // Zero; a change of d is this times d.
        Value change = demodulation.subtract(d).divide(d);
        Value offset = noise.map(bias::add).orElse(bias);
        Value sum = y.multiply(d).add(offset);
        Value withoutOffset = sum.add(product(change.negate(), bias.detach(), noise.map(Value::detach), sum.shape()));
        return ScaledFeatures.changing(sum.withGradientOf(withoutOffset).leakyRelu(slope), change);
    }

    /** Factor times (bias + noise) as a matrix product, whose gradient for the factor reads each large value once. */
    private static Value product(Value factor, Value bias, Optional<Value> noise, Shape shape) {
        int images = shape.size(0);
        int channels = shape.size(1);
        int pixels = shape.size(2) * shape.size(3);
        Value ofChannels = factor.multiply(bias).reshape(images, channels, 1);
        int noises = noise.map(Value::shape).orElse(Shape.of(1)).size(0);
        Value ofPixels = factor.graph().constant("ones", Tensor.filled(Shape.of(noises, 1, pixels), 1));
        if (noise.isPresent()) {
            ofChannels = Value.concatenate(2, ofChannels, factor.reshape(images, channels, 1));
            ofPixels = Value.concatenate(1, ofPixels, noise.get().reshape(noises, 1, pixels));
        }
        return ofChannels.matrixProduct(ofPixels).reshape(images, channels, shape.size(2), shape.size(3));
    }
}
