package org.saminversion.inversion.direction;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Logistic regression with a ridge penalty, by Newton's method: deterministic, and exact up to rounding.
 *
 * @param weights one for each feature
 */
record LinearClassifier(double[] weights, double bias) {
    private static final int ITERATIONS_MAX = 100;
    private static final double CONVERGED = 1e-10;

    /**
     * @param samples [N][features], of about unit spread
     * @param labels for each sample
     * @param ridge weight of the squared length of the weights against the mean loss of a sample, above 0
     */
    static LinearClassifier fitted(double[][] samples, boolean[] labels, double ridge) {
        int features = samples[0].length;
        double[] parameters = new double[features + 1];
        for (int i = 0; i < ITERATIONS_MAX; i++) {
            double[] step = newtonStep(samples, labels, parameters, ridge);
            double largest = 0;
            for (int k = 0; k < step.length; k++) {
                parameters[k] -= step[k];
                largest = Math.max(largest, Math.abs(step[k]));
            }
            if (largest < CONVERGED) {
                break;
            }
        }
        return new LinearClassifier(java.util.Arrays.copyOf(parameters, features), parameters[features]);
    }

    private static double[] newtonStep(double[][] samples, boolean[] labels, double[] parameters, double ridge) {
        int size = parameters.length;
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        double[] row = new double[size];
        for (int n = 0; n < samples.length; n++) {
            System.arraycopy(samples[n], 0, row, 0, size - 1);
            row[size - 1] = 1;
            double score = 0;
            for (int k = 0; k < size; k++) {
                score += row[k] * parameters[k];
            }
            double probability = 1 / (1 + Math.exp(-score));
            double residual = (probability - (labels[n] ? 1 : 0)) / samples.length;
            double curvature = probability * (1 - probability) / samples.length;
            for (int k = 0; k < size; k++) {
                gradient.data[k] += residual * row[k];
                for (int j = 0; j < size; j++) {
                    hessian.data[k * size + j] += curvature * row[k] * row[j];
                }
            }
        }
        for (int k = 0; k < size - 1; k++) {
            gradient.data[k] += ridge * parameters[k];
            hessian.data[k * size + k] += ridge;
        }
        // The bias has no penalty of its own; where all are sure of their class its curvature may vanish.
        hessian.data[size * size - 1] += 1e-9;
        DMatrixRMaj step = new DMatrixRMaj(size, 1);
        if (!CommonOps_DDRM.solve(hessian, gradient, step)) {
            throw new IllegalStateException("a positive definite matrix has an inverse");
        }
        return step.data;
    }

    double score(double[] sample) {
        double score = bias;
        for (int k = 0; k < sample.length; k++) {
            score += weights[k] * sample[k];
        }
        return score;
    }

    double accuracy(double[][] samples, boolean[] labels) {
        int right = 0;
        for (int n = 0; n < samples.length; n++) {
            right += score(samples[n]) > 0 == labels[n] ? 1 : 0;
        }
        return (double) right / samples.length;
    }
}
