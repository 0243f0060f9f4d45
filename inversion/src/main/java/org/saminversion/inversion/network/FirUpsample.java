package org.saminversion.inversion.network;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** The generator's upsampling by two: zero insertion and the FIR filter, as two small matrix products. */
final class FirUpsample {
    private static final double[] FIR = {0.25, 0.75, 0.75, 0.25};

    private FirUpsample() {}

    /** [N,C,r,r] to [N,C,2r,2r]. */
    static Value twice(Value x) {
        return twice(x, 0);
    }

    /** [N,C,r,r] to [N,C,2r+2,2r+2]: with all that the filter makes of it, one pixel more on each side. */
    static Value twiceWithBorder(Value x) {
        return twice(x, 1);
    }

    private static Value twice(Value x, int border) {
        Tensor matrix = matrix(x.shape().size(3), border);
        Value rows = x.graph().constant("upsample rows", matrix);
        Value columns = x.graph().constant("upsample columns", transposed(matrix));
        return rows.matrixProduct(x).matrixProduct(columns);
    }

    /** [2 size + 2 border, size]: pixel i spreads to 2 i - 1 ... 2 i + 2 behind the border. */
    private static Tensor matrix(int size, int border) {
        int height = 2 * size + 2 * border;
        float[] weights = new float[height * size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < FIR.length; k++) {
                int row = border + 2 * i + k - 1;
                if (row >= 0 && row < height) {
                    weights[row * size + i] = (float) FIR[k];
                }
            }
        }
        return Tensor.of(Shape.of(height, size), weights);
    }

    private static Tensor transposed(Tensor matrix) {
        int rows = matrix.shape().size(0);
        int columns = matrix.shape().size(1);
        float[] from = matrix.toFloats();
        float[] to = new float[from.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                to[c * rows + r] = from[r * columns + c];
            }
        }
        return Tensor.of(Shape.of(columns, rows), to);
    }
}
