package org.saminversion.graph;

/**
 * Winograd's short convolution F(4x4, 3x3) in the form of Toom and Cook (Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks"): a tile of 4x4 outputs of a 3x3 correlation takes 36 multiplications instead of 144. A tile of inputs d (6x6), a
 * kernel g (3x3) and a tile of outputs y (4x4) are related by y = A' [(G g G') * (B' d B)] A, where * multiplies element by
 * element.
 */
final class Winograd {
    /** Outputs of a tile along one axis. */
    static final int TILE = 4;
    /** Inputs that they depend on. */
    static final int WINDOW = 6;

    static final int KERNEL = 3;

    /** Where the polynomials are evaluated, beside infinity: small numbers and their inverses keep the rounding errors small. */
    private static final double[] POINTS = {0, 1, -1, 0.5, -2};

    private Winograd() {}

    /** B' in both axes: [36,36], from the pixels of a window to their transform. */
    static Tensor ofInputs() {
        double[][] rows = new double[WINDOW][];
        for (int i = 0; i < WINDOW; i++) {
            rows[i] = polynomialWithout(i);
        }
        return inBothAxes(rows);
    }

    /** A' in both axes: [16,36], from the transform of a tile to its pixels. */
    static Tensor ofOutputs() {
        double[][] rows = new double[TILE][WINDOW];
        for (int r = 0; r < TILE; r++) {
            for (int i = 0; i < POINTS.length; i++) {
                rows[r][i] = Math.pow(POINTS[i], r);
            }
        }
        rows[TILE - 1][WINDOW - 1] = 1;
        return inBothAxes(rows);
    }

    /** G in both axes: [36,9], from the taps of a kernel to their transform. */
    static Tensor ofKernels() {
        return inBothAxes(ofKernel());
    }

    /** The same from the taps of a kernel that is reversed in both axes. */
    static Tensor ofReversedKernels() {
        double[][] rows = ofKernel();
        for (double[] row : rows) {
            for (int k = 0; k < KERNEL / 2; k++) {
                double last = row[KERNEL - 1 - k];
                row[KERNEL - 1 - k] = row[k];
                row[k] = last;
            }
        }
        return inBothAxes(rows);
    }

    private static double[][] ofKernel() {
        double[][] rows = new double[WINDOW][KERNEL];
        for (int i = 0; i < POINTS.length; i++) {
            double scale = 1;
            for (int j = 0; j < POINTS.length; j++) {
                scale *= j == i ? 1 : POINTS[i] - POINTS[j];
            }
            for (int k = 0; k < KERNEL; k++) {
                rows[i][k] = Math.pow(POINTS[i], k) / scale;
            }
        }
        rows[WINDOW - 1][KERNEL - 1] = 1;
        return rows;
    }

    /** The coefficients of the product of (x - p) over all points p but one; over all for the point at infinity. */
    private static double[] polynomialWithout(int point) {
        double[] coefficients = new double[WINDOW];
        coefficients[0] = 1;
        for (int j = 0; j < POINTS.length; j++) {
            if (j != point) {
                for (int k = WINDOW - 1; k >= 0; k--) {
                    coefficients[k] = (k > 0 ? coefficients[k - 1] : 0) - POINTS[j] * coefficients[k];
                }
            }
        }
        return coefficients;
    }

    /** The Kronecker product of a matrix with itself. */
    private static Tensor inBothAxes(double[][] matrix) {
        int rows = matrix.length;
        int columns = matrix[0].length;
        float[] product = new float[rows * rows * columns * columns];
        int next = 0;
        for (int row = 0; row < rows * rows; row++) {
            for (int column = 0; column < columns * columns; column++) {
                product[next++] = (float) (matrix[row / rows][column / columns] * matrix[row % rows][column % columns]);
            }
        }
        return Tensor.of(Shape.of(rows * rows, columns * columns), product);
    }
}
