package org.saminversion.inversion.direction;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** The covariance of W: how far it spreads along a direction. */
public record StyleSpread(double[] covariance) {
    /** @param covariance [w_dim,w_dim] */
    public static StyleSpread of(Tensor covariance) {
        return new StyleSpread(covariance.toDoubles());
    }

    /** The covariance times a vector. */
    double[] times(double[] vector) {
        int width = vector.length;
        double[] out = new double[width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                out[i] += covariance[i * width + j] * vector[j];
            }
        }
        return out;
    }

    /** A vector of any length as one standard deviation of W along it. @return [1,w_dim] */
    public Tensor oneDeviation(double[] vector) {
        double square = 0;
        double variance = 0;
        double[] spread = times(vector);
        for (int i = 0; i < vector.length; i++) {
            square += vector[i] * vector[i];
            variance += vector[i] * spread[i];
        }
        float[] out = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            out[i] = (float) (vector[i] / square * Math.sqrt(Math.max(0, variance)));
        }
        return Tensor.of(Shape.of(1, vector.length), out);
    }
}
