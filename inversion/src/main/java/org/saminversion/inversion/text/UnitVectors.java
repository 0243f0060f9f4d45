package org.saminversion.inversion.text;

/** Vectors of length 1, which is all that CLIP's embeddings say. */
final class UnitVectors {
    private UnitVectors() {}

    /** Brings a vector to length 1; zero stays zero. */
    static double[] normalised(double[] vector) {
        double square = product(vector, vector);
        double[] out = vector.clone();
        for (int i = 0; square > 0 && i < out.length; i++) {
            out[i] /= Math.sqrt(square);
        }
        return out;
    }

    static double[] difference(double[] of, double[] from) {
        double[] out = of.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] -= from[i];
        }
        return out;
    }

    static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
