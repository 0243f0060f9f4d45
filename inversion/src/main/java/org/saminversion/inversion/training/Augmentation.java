package org.saminversion.inversion.training;

import java.util.SplittableRandom;

/**
 * Changes that an image and everything that belongs to it undergo together (spec baselines.md 7.3): a horizontal flip and a Gaussian
 * blur, each with probability 1/2.
 *
 * @param flipped whether left and right are exchanged
 * @param blurSigma standard deviation of the blur in pixels, in [0,1); 0 for none
 */
public record Augmentation(boolean flipped, double blurSigma) {
    public static final Augmentation NONE = new Augmentation(false, 0);
    private static final int RADIUS = 3;

    /** A flip with probability 1/2, no blur. */
    public static Augmentation flip(SplittableRandom random) {
        return new Augmentation(random.nextBoolean(), 0);
    }

    /** A flip and, independently, a blur of a radius between 0 and 1. */
    public static Augmentation flipAndBlur(SplittableRandom random) {
        return new Augmentation(random.nextBoolean(), random.nextBoolean() ? random.nextDouble() : 0);
    }

    /** @param planes [C*height*width]; @return the same, changed */
    public float[] apply(float[] planes, int height, int width) {
        float[] result = planes.clone();
        if (flipped) {
            for (int row = 0; row < planes.length; row += width) {
                for (int x = 0; x < width; x++) {
                    result[row + x] = planes[row + width - 1 - x];
                }
            }
        }
        return blurSigma > 0 ? blurred(blurred(result, width, 1), height, width) : result;
    }

    /** Along one axis; the borders repeat. @param stride between neighbours */
    private float[] blurred(float[] planes, int count, int stride) {
        double[] kernel = kernel();
        float[] result = new float[planes.length];
        for (int i = 0; i < planes.length; i++) {
            int position = i / stride % count;
            double sum = 0;
            for (int k = -RADIUS; k <= RADIUS; k++) {
                int at = Math.max(0, Math.min(count - 1, position + k));
                sum += kernel[k + RADIUS] * planes[i + (at - position) * stride];
            }
            result[i] = (float) sum;
        }
        return result;
    }

    private double[] kernel() {
        double[] kernel = new double[2 * RADIUS + 1];
        double sum = 0;
        for (int k = -RADIUS; k <= RADIUS; k++) {
            kernel[k + RADIUS] = Math.exp(-0.5 * k * k / (blurSigma * blurSigma));
            sum += kernel[k + RADIUS];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return kernel;
    }
}
