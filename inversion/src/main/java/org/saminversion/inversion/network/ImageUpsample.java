package org.saminversion.inversion.network;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** The generator's upsampling of the RGB image: zero insertion and the FIR filter, as two small matrix products. */
final class ImageUpsample {
    private static final double[] FIR = {0.25, 0.75, 0.75, 0.25};

    private ImageUpsample() {}

    /** [N,3,r,r] to [N,3,2r,2r]. */
    static Value twice(Value image) {
        int size = image.shape().size(3);
        Tensor matrix = matrix(size);
        Value rows = image.graph().constant("upsample rows", matrix);
        Value columns = image.graph().constant("upsample columns", transposed(matrix));
        return rows.matrixProduct(image).matrixProduct(columns);
    }

    /** [2 size, size]: pixel i spreads to 2 i - 1 ... 2 i + 2. */
    private static Tensor matrix(int size) {
        float[] weights = new float[2 * size * size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < FIR.length; k++) {
                int row = 2 * i + k - 1;
                if (row >= 0 && row < 2 * size) {
                    weights[row * size + i] = (float) FIR[k];
                }
            }
        }
        return Tensor.of(Shape.of(2 * size, size), weights);
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
