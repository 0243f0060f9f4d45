package org.saminversion.graph;

/** Matrices of linear interpolation along one axis. */
final class Interpolation {
    private Interpolation() {}

    /** [out, in] weights; half-pixel centres unless the corners are aligned (PyTorch's {@code interpolate}). */
    static Tensor matrix(int in, int out, boolean alignCorners) {
        float[] weights = new float[out * in];
        for (int o = 0; o < out; o++) {
            double position = alignCorners
                    ? (out == 1 ? 0 : (double) o * (in - 1) / (out - 1))
                    : Math.max(0, (o + 0.5) * in / out - 0.5);
            int low = Math.min((int) position, in - 1);
            int high = Math.min(low + 1, in - 1);
            double part = position - low;
            weights[o * in + low] += (float) (1 - part);
            weights[o * in + high] += (float) part;
        }
        return Tensor.of(Shape.of(out, in), weights);
    }
}
