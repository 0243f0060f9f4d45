package org.saminversion.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Rearranged constant weights. They are large, so that no copy of them goes through Java's heap. */
final class Weights {
    private Weights() {}

    /** [O, I/g, k, k] to [I, O/g, k, k] within each group, both spatial axes reversed. */
    static Tensor flipped(Tensor weight, int groups) {
        int out = weight.shape().size(0) / groups;
        int in = weight.shape().size(1);
        int kernel = weight.shape().size(2) * weight.shape().size(3);
        FloatBuffer from = weight.bytes().asFloatBuffer();
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Float.BYTES * from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer to = bytes.asFloatBuffer();
        for (int group = 0; group < groups; group++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    int source = ((group * out + o) * in + i) * kernel;
                    int target = ((group * in + i) * out + o) * kernel;
                    for (int k = 0; k < kernel; k++) {
                        to.put(target + kernel - 1 - k, from.get(source + k));
                    }
                }
            }
        }
        Shape flipped = Shape.of(
                in * groups, out, weight.shape().size(2), weight.shape().size(3));
        return Tensor.of(ElementType.FLOAT32, flipped, bytes);
    }
}
