package org.saminversion.inversion.engine;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.Resample;
import org.saminversion.inversion.image.RgbImage;

/** What metrics compare: the generator's image reduced to the loss resolution, in 8 bits, its visible part (spec evaluation.md 1). */
final class ComparedImage {
    private ComparedImage() {}

    /** @param image [1,3,R,R] as the generator makes it */
    static RgbImage of(Tensor image, ImageLayout layout) {
        int side = layout.lossResolution();
        float[] reduced = Resample.areaMean(image, layout.reduction()).toFloats();
        int width = layout.targetWidth();
        int height = layout.targetHeight();
        float[] visible = new float[3 * width * height];
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < height; y++) {
                int from = (channel * side + layout.targetTop() + y) * side + layout.targetLeft();
                System.arraycopy(reduced, from, visible, (channel * height + y) * width, width);
            }
        }
        return ImageTensors.toImage(Tensor.of(Shape.of(1, 3, height, width), visible));
    }

    /** A rendering of the visible part in the generator's full size, reduced. */
    static RgbImage reduced(RgbImage rendering, ImageLayout layout) {
        if (rendering.width() != layout.visibleWidth() || rendering.height() != layout.visibleHeight()) {
            throw new IllegalArgumentException("a rendering of this bundle has " + layout.visibleWidth() + " x "
                    + layout.visibleHeight() + " pixels, not " + rendering.width() + " x " + rendering.height());
        }
        return ImageTensors.toImage(Resample.areaMean(ImageTensors.toTensor(rendering), layout.reduction()));
    }
}
