package org.saminversion.inversion.network.layer;

import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * Batch normalisation with fixed statistics as a scale and a shift of each channel (spec networks.md, head):
 * {@code (x - mean) / sqrt(variance + 1e-5) * weight + bias}.
 */
record NormalisationFolding(double[] scale, double[] shift) {
    static final float EPSILON = 1e-5f;

    static NormalisationFolding of(NamedTensors tensors, int channels) {
        double[] weight = tensors.tensor("weight", channels).toDoubles();
        double[] bias = tensors.tensor("bias", channels).toDoubles();
        double[] mean = tensors.tensor("running_mean", channels).toDoubles();
        double[] variance = tensors.tensor("running_var", channels).toDoubles();
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = weight[c] / Math.sqrt(variance[c] + 1e-5);
            shift[c] = bias[c] - mean[c] * scale[c];
        }
        return new NormalisationFolding(scale, shift);
    }

    /** The scale as [1,C,1,1]. */
    Tensor scaleTensor() {
        return perChannel(scale);
    }

    /** The shift as [1,C,1,1]. */
    Tensor shiftTensor() {
        return perChannel(shift);
    }

    /** A weight [O,...] of the convolution before, each output scaled. */
    Tensor scaled(Tensor weight) {
        float[] values = weight.toFloats();
        int each = values.length / scale.length;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * scale[i / each]);
        }
        return Tensor.of(weight.shape(), values);
    }

    private static Tensor perChannel(double[] values) {
        float[] narrow = new float[values.length];
        for (int c = 0; c < values.length; c++) {
            narrow[c] = (float) values[c];
        }
        return Tensor.of(Shape.of(1, values.length, 1, 1), narrow);
    }
}
