package org.saminversion.inversion.direction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * The principal components of W, exactly: eigenvectors of its covariance (GANSpace, spec edits.md 1.1, without its incremental
 * approximation).
 *
 * @param vectors of length 1, one per component, widest first; in each the entry of the largest size is positive
 * @param standardDeviations of W along each
 */
public record PrincipalComponents(double[][] vectors, double[] standardDeviations) {
    /**
     * @param covariance [w_dim,w_dim], symmetric
     * @throws IllegalArgumentException if it is not square or not symmetric, or holds values that are not finite
     */
    public static PrincipalComponents ofCovariance(Tensor covariance) {
        Shape shape = covariance.shape();
        if (shape.rank() != 2 || shape.size(0) != shape.size(1)) {
            throw new IllegalArgumentException("a covariance is a square matrix, not " + shape);
        }
        int width = shape.size(0);
        double[] values = covariance.toDoubles();
        requireSymmetric(values, width);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(width, true, true);
        // The decomposition writes into its argument.
        if (!eigen.decompose(DMatrixRMaj.wrap(width, width, values.clone()))) {
            throw new IllegalArgumentException("the eigenvectors of the covariance could not be found");
        }
        int[] widestFirst = IntStream.range(0, width)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
                .mapToInt(Integer::intValue)
                .toArray();
        double[][] vectors = new double[width][];
        double[] deviations = new double[width];
        for (int i = 0; i < width; i++) {
            vectors[i] = positiveAtItsLargest(eigen.getEigenVector(widestFirst[i]).data);
            deviations[i] =
                    Math.sqrt(Math.max(0, eigen.getEigenvalue(widestFirst[i]).getReal()));
        }
        return new PrincipalComponents(vectors, deviations);
    }

    /** @param samples [N,w_dim], at least two */
    public static PrincipalComponents ofSamples(Tensor samples) {
        Shape shape = samples.shape();
        if (shape.rank() != 2 || shape.size(0) < 2) {
            throw new IllegalArgumentException("samples form a matrix of at least two rows, not " + shape);
        }
        int count = shape.size(0);
        int width = shape.size(1);
        double[] values = samples.toDoubles();
        double[] mean = new double[width];
        for (int i = 0; i < values.length; i++) {
            mean[i % width] += values[i] / count;
        }
        double[] covariance = new double[width * width];
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < width; i++) {
                double centred = values[n * width + i] - mean[i];
                for (int j = 0; j < width; j++) {
                    covariance[i * width + j] += centred * (values[n * width + j] - mean[j]);
                }
            }
        }
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] /= count - 1;
        }
        return ofCovariance(Tensor.of(Shape.of(width, width), covariance));
    }

    private static void requireSymmetric(double[] values, int width) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                double difference = Math.abs(values[i * width + j] - values[j * width + i]);
                if (!(difference <= 1e-6 * largest)) {
                    throw new IllegalArgumentException("a covariance is symmetric and finite, but its entries " + i
                            + "," + j + " are " + values[i * width + j] + " and " + values[j * width + i]);
                }
            }
        }
    }

    /** An eigenvector's sign is arbitrary: this is scikit-learn's rule. */
    private static double[] positiveAtItsLargest(double[] vector) {
        double largest = 0;
        for (double value : vector) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        double sign = largest < 0 ? -1 : 1;
        return Arrays.stream(vector).map(value -> sign * value).toArray();
    }

    public int count() {
        return vectors.length;
    }

    /** The part of the whole variance that a component explains, in [0,1]. */
    public double varianceShare(int component) {
        double whole = Arrays.stream(standardDeviations).map(x -> x * x).sum();
        return whole == 0 ? 0 : standardDeviations[component] * standardDeviations[component] / whole;
    }

    /** A component as an edit direction: strength 1 moves by one standard deviation. @return [1,w_dim] */
    public Tensor direction(int component) {
        double[] vector = vectors[component];
        float[] out = new float[vector.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (vector[i] * standardDeviations[component]);
        }
        return Tensor.of(Shape.of(1, out.length), out);
    }
}
