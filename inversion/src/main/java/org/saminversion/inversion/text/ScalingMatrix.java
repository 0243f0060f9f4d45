package org.saminversion.inversion.text;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** Resizing along one axis as a matrix [out,in], so that a graph can do it and has its gradient. */
final class ScalingMatrix {
    private static final double CUBIC_SUPPORT = 2;
    /** Pillow's choice. */
    private static final double CUBIC_SLOPE = -0.5;

    private ScalingMatrix() {}

    /** Each output pixel is the mean of what it covers: upsampling by repetition, then averaging blocks. */
    static Tensor area(int in, int out) {
        double[][] weights = new double[out][in];
        double scale = (double) in / out;
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                double covered = Math.min(i + 1, (o + 1) * scale) - Math.max(i, o * scale);
                weights[o][i] = Math.max(0, covered);
            }
        }
        return normalised(weights);
    }

    /** Pillow's bicubic filter, antialiased where the picture gets smaller. */
    static Tensor bicubic(int in, int out) {
        double[][] weights = new double[out][in];
        double scale = (double) in / out;
        double filterScale = Math.max(scale, 1);
        for (int o = 0; o < out; o++) {
            double centre = (o + 0.5) * scale;
            for (int i = 0; i < in; i++) {
                weights[o][i] = cubic((i + 0.5 - centre) / filterScale);
            }
        }
        return normalised(weights);
    }

    private static double cubic(double signed) {
        double x = Math.abs(signed);
        if (x < 1) {
            return ((CUBIC_SLOPE + 2) * x - (CUBIC_SLOPE + 3)) * x * x + 1;
        }
        return x < CUBIC_SUPPORT ? (((x - 5) * x + 8) * x - 4) * CUBIC_SLOPE : 0;
    }

    private static Tensor normalised(double[][] weights) {
        int in = weights[0].length;
        float[] out = new float[weights.length * in];
        for (int o = 0; o < weights.length; o++) {
            double sum = 0;
            for (double weight : weights[o]) {
                sum += weight;
            }
            for (int i = 0; i < in; i++) {
                out[o * in + i] = (float) (weights[o][i] / sum);
            }
        }
        return Tensor.of(Shape.of(weights.length, in), out);
    }
}
