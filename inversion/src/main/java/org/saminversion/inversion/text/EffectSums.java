package org.saminversion.inversion.text;

import java.util.HashMap;
import java.util.Map;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** Adds up what channels did in several images. */
final class EffectSums {
    private final Map<Integer, double[]> sums = new HashMap<>();

    /** @param place of the channel: row times width plus column */
    void add(int place, double[] effect) {
        double[] sum = sums.computeIfAbsent(place, key -> new double[effect.length]);
        for (int k = 0; k < sum.length; k++) {
            sum[k] += effect[k];
        }
    }

    /** The mean effects, each brought to length 1: [rows,width,E]; zero where nothing was added. */
    Tensor directions(int rows, int width) {
        int dimension = sums.values().iterator().next().length;
        float[] directions = new float[rows * width * dimension];
        sums.forEach((place, sum) -> {
            double[] direction = UnitVectors.normalised(sum);
            for (int k = 0; k < dimension; k++) {
                directions[place * dimension + k] = (float) direction[k];
            }
        });
        return Tensor.of(Shape.of(rows, width, dimension), directions);
    }
}
