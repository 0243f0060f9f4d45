package org.saminversion.inversion.network.segmentation;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** The input that networks trained on ImageNet take (spec networks.md 7.1). */
public final class ImageNetInput {
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] STANDARD_DEVIATION = {0.229f, 0.224f, 0.225f};

    private ImageNetInput() {}

    /** @param image [N,3,H,W] in [-1,1] */
    public static Value of(Value image) {
        Value level = image.add(1f).multiply(0.5);
        return level.subtract(constant(image, "mean", MEAN))
                .divide(constant(image, "standard deviation", STANDARD_DEVIATION));
    }

    private static Value constant(Value image, String name, float[] values) {
        return image.graph().constant("ImageNet " + name, Tensor.of(Shape.of(1, 3, 1, 1), values));
    }
}
