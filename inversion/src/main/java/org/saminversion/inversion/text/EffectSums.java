package org.saminversion.inversion.text;

import java.util.Arrays;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** Adds up what channels did in several images. */
final class EffectSums {
    private final int rows;
    private final int width;
    /** [rows,width,E]; empty until the first effect tells E. */
    private double[] sums;

    private int count;

    EffectSums(int rows, int width) {
        this(rows, width, new double[0], 0);
    }

    private EffectSums(int rows, int width, double[] sums, int count) {
        this.rows = rows;
        this.width = width;
        this.sums = sums;
        this.count = count;
    }

    /** Goes on from earlier sums. @param tensor as {@link #tensor()} gave it, after so many effects */
    static EffectSums of(Tensor tensor, int count) {
        return new EffectSums(tensor.shape().size(0), tensor.shape().size(1), tensor.toDoubles(), count);
    }

    /** @param place of the channel: row times width plus column */
    void add(int place, double[] effect) {
        if (count == 0) {
            sums = new double[rows * width * effect.length];
        }
        for (int k = 0; k < effect.length; k++) {
            sums[place * effect.length + k] += effect[k];
        }
        count++;
    }

    /** Effects that were added. */
    int count() {
        return count;
    }

    /** [rows,width,E] of FLOAT64; there must be an effect. */
    Tensor tensor() {
        return Tensor.of(Shape.of(rows, width, sums.length / rows / width), sums);
    }

    /** The mean effects, each brought to length 1: [rows,width,E]; zero where nothing was added. There must be an effect. */
    Tensor directions() {
        Tensor all = tensor();
        int dimension = all.shape().size(2);
        float[] directions = new float[sums.length];
        for (int from = 0; from < sums.length; from += dimension) {
            double[] direction = UnitVectors.normalised(Arrays.copyOfRange(sums, from, from + dimension));
            for (int k = 0; k < dimension; k++) {
                directions[from + k] = (float) direction[k];
            }
        }
        return Tensor.of(all.shape(), directions);
    }
}
