package org.saminversion.inversion.metric;

import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.RgbImage;

/**
 * The peak signal-to-noise ratio in decibels (spec evaluation.md section 1): {@code 10 log10(1 / MSE)} with levels in [0,1].
 * Average it over pictures, not the errors.
 */
public final class PeakSignalToNoise {
    private PeakSignalToNoise() {}

    /**
     * Of two 8-bit pictures.
     *
     * @return decibels; positive infinity for equal pictures
     * @throws IllegalArgumentException if their sizes differ
     */
    public static double decibels(RgbImage first, RgbImage second) {
        if (first.width() != second.width() || first.height() != second.height()) {
            throw new IllegalArgumentException("pictures of " + first.width() + " x " + first.height() + " and "
                    + second.width() + " x " + second.height() + " pixels cannot be compared");
        }
        long sum = 0;
        for (int i = 0; i < first.pixels().length; i++) {
            long difference = (first.pixels()[i] & 0xff) - (second.pixels()[i] & 0xff);
            sum += difference * difference;
        }
        return ofMeanSquaredError((double) sum / first.pixels().length, 255);
    }

    /**
     * Of two images in [-1,1], unquantised; both are clamped to that range before.
     *
     * @return decibels; positive infinity for equal images
     * @throws IllegalArgumentException if their shapes differ
     */
    public static double decibels(Tensor first, Tensor second) {
        return ofMeanSquaredError(meanSquaredError(first, second), 2);
    }

    /**
     * The mean squared difference of two images in [-1,1]; both are clamped to that range before.
     *
     * @throws IllegalArgumentException if their shapes differ
     */
    public static double meanSquaredError(Tensor first, Tensor second) {
        if (!first.shape().equals(second.shape())) {
            throw new IllegalArgumentException(
                    "images of " + first.shape() + " and " + second.shape() + " cannot be compared");
        }
        float[] a = first.toFloats();
        float[] b = second.toFloats();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) clamped(a[i]) - clamped(b[i]);
            sum += difference * difference;
        }
        return sum / a.length;
    }

    private static float clamped(float value) {
        return Math.max(-1, Math.min(1, value));
    }

    private static double ofMeanSquaredError(double error, double range) {
        return 10 * Math.log10(range * range / error);
    }
}
