package org.saminversion.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Winograd's short convolution F(4x4, 3x3) in the form of Toom and Cook (Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks"): a tile of 4x4 outputs of a 3x3 correlation takes 36 multiplications instead of 144. A tile of inputs d (6x6), a
 * kernel g (3x3) and a tile of outputs y (4x4) are related by y = A' [(G g G') * (B' d B)] A, where * multiplies element by
 * element: polynomials are evaluated at six points, multiplied there, and interpolated.
 *
 * <p>Reversing a kernel reverses the coefficients of its polynomial, whose value at 1/p then is the kernel's own at p, divided by
 * p². So a convolution and its gradient, which takes the reversed kernel, share the transform of the kernel: the gradient
 * evaluates everything else at the inverses of the points.
 */
final class Winograd {
    /** Outputs of a tile along one axis. */
    static final int TILE = 4;
    /** Inputs that they depend on. */
    static final int WINDOW = 6;
    /** Of a window. */
    static final int PLACES = WINDOW * WINDOW;

    static final int KERNEL = 3;
    private static final int TAPS = KERNEL * KERNEL;

    private static final double INFINITY = Double.POSITIVE_INFINITY;
    /** Where the polynomials are evaluated: small numbers and their inverses keep the rounding errors small. */
    private static final double[] POINTS = {0, 1, -1, 0.5, -2, INFINITY};

    private static final double[] INVERSES = {INFINITY, 1, -1, 2, -0.5, 0};

    private Winograd() {}

    /** B' in both axes: [36,36], from the pixels of a window to their transform. @param reversed for the kernel reversed in both axes */
    static Tensor ofInputs(boolean reversed) {
        double[] points = reversed ? INVERSES : POINTS;
        double[][] rows = new double[WINDOW][];
        for (int i = 0; i < WINDOW; i++) {
            rows[i] = polynomialWithout(points, i);
            for (int k = 0; reversed && k < WINDOW; k++) {
                rows[i][k] *= ofReversedKernel(i);
            }
        }
        return inBothAxes(rows);
    }

    /** A' in both axes: [16,36], from the transform of a tile to its pixels. @param reversed as for {@link #ofInputs} */
    static Tensor ofOutputs(boolean reversed) {
        double[] points = reversed ? INVERSES : POINTS;
        double[][] rows = new double[TILE][WINDOW];
        for (int r = 0; r < TILE; r++) {
            for (int i = 0; i < WINDOW; i++) {
                rows[r][i] = power(points[i], r, TILE - 1);
            }
        }
        return inBothAxes(rows);
    }

    /** The transform of a weight [O,I,3,3]: [36,I,O]. That of the reversed weight is [36,O,I], the same matrices transposed. */
    static Tensor ofKernels(Tensor weight) {
        int out = weight.shape().size(0);
        int in = weight.shape().size(1);
        FloatBuffer kernels = weight.bytes().asFloatBuffer();
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(PLACES * in * out * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer transforms = bytes.asFloatBuffer();
        float[][] matrix = ofKernel();
        float[][] rows = new float[PLACES][out];
        float[] kernel = new float[TAPS];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                kernels.get((o * in + i) * TAPS, kernel);
                transform(matrix, kernel, rows, o);
            }
            for (int place = 0; place < PLACES; place++) {
                transforms.put((place * in + i) * out, rows[place]);
            }
        }
        return Tensor.of(ElementType.FLOAT32, Shape.of(PLACES, in, out), bytes);
    }

    /** G g G' into one column. */
    private static void transform(float[][] matrix, float[] kernel, float[][] rows, int column) {
        for (int y = 0; y < WINDOW; y++) {
            float[] down = matrix[y];
            float left = down[0] * kernel[0] + down[1] * kernel[3] + down[2] * kernel[6];
            float middle = down[0] * kernel[1] + down[1] * kernel[4] + down[2] * kernel[7];
            float right = down[0] * kernel[2] + down[1] * kernel[5] + down[2] * kernel[8];
            for (int x = 0; x < WINDOW; x++) {
                float[] across = matrix[x];
                rows[y * WINDOW + x][column] = across[0] * left + across[1] * middle + across[2] * right;
            }
        }
    }

    /** G: [6,3], from the taps of a kernel to its values at the points. */
    private static float[][] ofKernel() {
        float[][] rows = new float[WINDOW][KERNEL];
        for (int i = 0; i < WINDOW; i++) {
            for (int k = 0; k < KERNEL; k++) {
                rows[i][k] = (float) (power(POINTS[i], k, KERNEL - 1) / scale(POINTS, i));
            }
        }
        return rows;
    }

    /** By what the value of a kernel at a point differs from that of the reversed kernel at the inverse. */
    private static double ofReversedKernel(int i) {
        double inverse = INVERSES[i];
        double square = inverse == 0 || inverse == INFINITY ? 1 : inverse * inverse;
        return square * scale(POINTS, i) / scale(INVERSES, i);
    }

    /** A polynomial of this degree at infinity is its highest coefficient. */
    private static double power(double point, int exponent, int degree) {
        if (point == INFINITY) {
            return exponent == degree ? 1 : 0;
        }
        return Math.pow(point, exponent);
    }

    /** The product of the differences to all other points but infinity; 1 for infinity. */
    private static double scale(double[] points, int i) {
        double scale = 1;
        for (int j = 0; points[i] != INFINITY && j < WINDOW; j++) {
            scale *= j == i || points[j] == INFINITY ? 1 : points[i] - points[j];
        }
        return scale;
    }

    /** The coefficients of the product of (x - p) over all points p but this one and infinity. */
    private static double[] polynomialWithout(double[] points, int point) {
        double[] coefficients = new double[WINDOW];
        coefficients[0] = 1;
        for (int j = 0; j < WINDOW; j++) {
            if (j != point && points[j] != INFINITY) {
                for (int k = WINDOW - 1; k >= 0; k--) {
                    coefficients[k] = (k > 0 ? coefficients[k - 1] : 0) - points[j] * coefficients[k];
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
