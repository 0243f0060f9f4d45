package org.saminversion.inversion.network;

import java.nio.FloatBuffer;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** The power of each input channel in each output channel, which demodulation needs. */
final class SquaredWeight {
    private SquaredWeight() {}

    /** [O,I,k,k] to [I,O], the sum of squares over the kernel. */
    static Tensor of(Tensor weight) {
        int out = weight.shape().size(0);
        int in = weight.shape().size(1);
        int kernel = weight.shape().size(2) * weight.shape().size(3);
        FloatBuffer from = weight.bytes().asFloatBuffer();
        float[] to = new float[in * out];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                double sum = 0;
                for (int k = 0; k < kernel; k++) {
                    double value = from.get((o * in + i) * kernel + k);
                    sum += value * value;
                }
                to[i * out + o] = (float) sum;
            }
        }
        return Tensor.of(Shape.of(in, out), to);
    }
}
