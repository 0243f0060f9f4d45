package org.saminversion.inversion.network.biggan;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * Which of the stored means and variances a truncation takes (spec networks.md 8). The checkpoint has rows at equal steps of
 * the truncation from 0 to 1.
 *
 * <p>Between two rows the reference gives the lower one the weight of the upper one and the other way round. That is kept, for
 * the published pictures are made so.
 */
record TruncationStatistics(double truncation) {
    TruncationStatistics {
        if (!(truncation > 0 && truncation <= 1)) {
            throw new IllegalArgumentException("a truncation is above 0 and at most 1, not " + truncation);
        }
    }

    /** @param rows [steps+1,C] @return [C] */
    double[] of(Tensor rows) {
        int count = rows.shape().size(0);
        int channels = rows.shape().size(1);
        double position = Math.min(count - 1, truncation / (1.0 / (count - 1)));
        int row = (int) position;
        double part = position - row;
        double[] values = rows.toDoubles();
        double[] result = new double[channels];
        for (int c = 0; c < channels; c++) {
            double here = values[row * channels + c];
            result[c] = part == 0 ? here : here * part + values[(row + 1) * channels + c] * (1 - part);
        }
        return result;
    }

    static Tensor perChannel(double[] values) {
        float[] narrow = new float[values.length];
        for (int c = 0; c < values.length; c++) {
            narrow[c] = (float) values[c];
        }
        return Tensor.of(Shape.of(1, values.length, 1, 1), narrow);
    }
}
