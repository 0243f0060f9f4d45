package org.saminversion.inversion.network.layer;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** Resizing of [N,C,H,W] as PyTorch does it, where the sizes need not divide each other: two matrix products. */
public final class Resizing {
    private Resizing() {}

    /** The nearest pixel, {@code floor(o * in / out)}. */
    public static Value nearest(Value x, int height, int width) {
        int rows = x.shape().size(2);
        int columns = x.shape().size(3);
        if (height == rows && width == columns) {
            return x;
        }
        if (height % rows == 0 && width % columns == 0 && height / rows == width / columns) {
            return x.nearestUpsample(height / rows);
        }
        return between(x, "nearest", nearestMatrix(rows, height), nearestMatrix(columns, width));
    }

    /**
     * The mean over {@code bins} by {@code bins} parts that cover the image and may overlap: part i reaches from
     * {@code floor(i H / n)} to {@code ceil((i + 1) H / n)} (spec networks.md 7.1).
     */
    public static Value adaptiveMean(Value x, int bins) {
        if (bins == 1) {
            return x.mean(2, 3);
        }
        Tensor rows = meanMatrix(x.shape().size(2), bins);
        return between(x, "adaptive mean", rows, meanMatrix(x.shape().size(3), bins));
    }

    private static Value between(Value x, String name, Tensor rows, Tensor columns) {
        Value down = x.graph().constant(name + " rows", rows);
        Value across = x.graph().constant(name + " columns", columns);
        return down.matrixProduct(x).matrixProduct(across.transpose(1, 0));
    }

    private static Tensor nearestMatrix(int in, int out) {
        float[] values = new float[out * in];
        for (int o = 0; o < out; o++) {
            values[o * in + (int) ((long) o * in / out)] = 1;
        }
        return Tensor.of(Shape.of(out, in), values);
    }

    private static Tensor meanMatrix(int in, int bins) {
        float[] values = new float[bins * in];
        for (int bin = 0; bin < bins; bin++) {
            int start = bin * in / bins;
            int end = ((bin + 1) * in + bins - 1) / bins;
            for (int i = start; i < end; i++) {
                values[bin * in + i] = 1f / (end - start);
            }
        }
        return Tensor.of(Shape.of(bins, in), values);
    }
}
