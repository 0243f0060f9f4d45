package org.saminversion.inversion.training;

import java.util.List;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;

/** Images as tensors for the steps of a training. */
public final class ImageBatches {
    private final List<RgbImage> images;
    private final SampleOrder order;
    private final int batch;

    /**
     * @param images may be read when their turn comes
     * @param order indices into the images
     */
    public ImageBatches(List<RgbImage> images, SampleOrder order, int batch) {
        this.images = images;
        this.order = order;
        this.batch = batch;
    }

    /** The images of some steps, each flipped with probability 1/2: [steps,batch,3,H,W] in [-1,1]. */
    public Tensor flipped(int firstStep, int steps) {
        int height = images.get(0).height();
        int width = images.get(0).width();
        int each = 3 * height * width;
        float[] values = new float[steps * batch * each];
        for (int i = 0; i < steps * batch; i++) {
            long number = (long) firstStep * batch + i;
            float[] planes = ImageTensors.toTensor(images.get(order.at(number))).toFloats();
            float[] seen = Augmentation.flip(order.draws(number)).apply(planes, height, width);
            System.arraycopy(seen, 0, values, i * each, each);
        }
        return Tensor.of(Shape.of(steps, batch, 3, height, width), values);
    }

    /** The first {@code count} images of a list as one batch [count,3,H,W] in [-1,1]. */
    public static Tensor of(List<RgbImage> images, int count) {
        int each = images.get(0).pixels().length;
        float[] values = new float[count * each];
        for (int i = 0; i < count; i++) {
            System.arraycopy(ImageTensors.toTensor(images.get(i)).toFloats(), 0, values, i * each, each);
        }
        return Tensor.of(
                Shape.of(count, 3, images.get(0).height(), images.get(0).width()), values);
    }
}
