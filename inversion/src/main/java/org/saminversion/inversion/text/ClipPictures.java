package org.saminversion.inversion.text;

import java.util.function.BiFunction;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.image.ImageLayout;

/** Brings a generator's images to what an image encoder takes (spec edits.md 2). */
final class ClipPictures {
    private static final float[] MEAN = {0.48145466f, 0.4578275f, 0.40821073f};
    private static final float[] STANDARD_DEVIATION = {0.26862954f, 0.26130258f, 0.27577711f};

    private ClipPictures() {}

    /**
     * As CLIP prepares photographs: the middle square, resized by Pillow's bicubic filter, and normalised.
     *
     * @param image [N,3,R,R], about [-1,1]
     * @param side of the result in pixels
     * @return [N,3,side,side]
     */
    static Value prepared(Value image, ImageLayout layout, int side) {
        Value unit = image.clip(-1, 1).add(1).multiply(0.5);
        Value resized = resized(unit, layout, side, ScalingMatrix::bicubic);
        return resized.subtract(perChannel(image, "CLIP's mean", MEAN))
                .divide(perChannel(image, "CLIP's standard deviation", STANDARD_DEVIATION));
    }

    /** As StyleCLIP's optimisation does: averaged over areas, and otherwise as the generator made it. */
    static Value averaged(Value image, ImageLayout layout, int side) {
        return resized(image, layout, side, ScalingMatrix::area);
    }

    private static Value resized(
            Value image, ImageLayout layout, int side, BiFunction<Integer, Integer, Tensor> scaling) {
        int square = Math.min(layout.visibleWidth(), layout.visibleHeight());
        int top = (layout.resolution() - square) / 2;
        Value middle = image.slice(2, top, top + square).slice(3, top, top + square);
        Value rows = image.graph().constant("scaling", scaling.apply(square, side));
        return rows.matrixProduct(middle).matrixProduct(rows.transpose(1, 0));
    }

    private static Value perChannel(Value image, String name, float[] numbers) {
        return image.graph().constant(name, Tensor.of(Shape.of(1, numbers.length, 1, 1), numbers));
    }
}
