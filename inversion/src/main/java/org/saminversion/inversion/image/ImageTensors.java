package org.saminversion.inversion.image;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** Pictures as the networks see them: [1,3,H,W], values in [-1,1]. */
public final class ImageTensors {
    private ImageTensors() {}

    /** {@code x / 127.5 - 1}. @return [1,3,H,W] in [-1,1] */
    public static Tensor toTensor(RgbImage image) {
        int plane = image.width() * image.height();
        float[] values = new float[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < 3; channel++) {
                values[channel * plane + i] = (image.pixels()[3 * i + channel] & 0xff) / 127.5f - 1;
            }
        }
        return Tensor.of(Shape.of(1, 3, image.height(), image.width()), values);
    }

    /**
     * {@code (x + 1) * 127.5}, clamped and rounded to the nearest, so that a picture survives the way to a tensor and back.
     * The released SAM code truncates instead, which darkens by half a level on average (spec baselines.md 7.1).
     *
     * @param image [1,3,H,W] or [3,H,W]; not-a-number becomes 0
     */
    public static RgbImage toImage(Tensor image) {
        Shape shape = image.shape();
        boolean batchOfOne = shape.rank() == 4 && shape.size(0) == 1;
        if (!(batchOfOne || shape.rank() == 3) || shape.size(-3) != 3) {
            throw new IllegalArgumentException("one RGB image has the shape [1,3,H,W], not " + shape);
        }
        int plane = shape.size(-1) * shape.size(-2);
        float[] values = image.toFloats();
        byte[] pixels = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < 3; channel++) {
                float level = (values[channel * plane + i] + 1) * 127.5f;
                pixels[3 * i + channel] = (byte) Math.round(Math.max(0, Math.min(255, level)));
            }
        }
        return new RgbImage(shape.size(-1), shape.size(-2), pixels);
    }
}
