package org.saminversion.inversion.network.biggan;

import org.saminversion.graph.Tensor;
import org.saminversion.inversion.network.layer.NamedTensors;

/** Weights divided by their largest singular value, of which the checkpoint holds the vectors (spec networks.md 8). */
final class SpectralNorm {
    private SpectralNorm() {}

    /** {@code weight_orig / (u^T M v)}, M the weight as a matrix with a row per output. */
    static Tensor folded(NamedTensors tensors, String name) {
        Tensor weight = tensors.tensor(name + ".weight_orig");
        int rows = weight.shape().size(0);
        int columns = weight.shape().elements() / rows;
        double[] u = tensors.tensor(name + ".weight_u", rows).toDoubles();
        double[] v = tensors.tensor(name + ".weight_v", columns).toDoubles();
        float[] values = weight.toFloats();
        double norm = 0;
        for (int row = 0; row < rows; row++) {
            double product = 0;
            for (int column = 0; column < columns; column++) {
                product += values[row * columns + column] * v[column];
            }
            norm += u[row] * product;
        }
        if (!(Math.abs(norm) > 0)) {
            throw tensors.invalid("the spectral norm of " + tensors.prefix() + name + " is " + norm);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] / norm);
        }
        return Tensor.of(weight.shape(), values);
    }
}
