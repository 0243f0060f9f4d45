package org.saminversion.graph;

/** Rearranged constant weights. */
final class Weights {
    private Weights() {}

    /** [O, I/g, k, k] to [I, O/g, k, k] within each group, both spatial axes reversed. */
    static Tensor flipped(Tensor weight, int groups) {
        int out = weight.shape().size(0) / groups;
        int in = weight.shape().size(1);
        int kernel = weight.shape().size(2) * weight.shape().size(3);
        float[] from = weight.toFloats();
        float[] to = new float[from.length];
        for (int group = 0; group < groups; group++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    int source = ((group * out + o) * in + i) * kernel;
                    int target = ((group * in + i) * out + o) * kernel;
                    for (int k = 0; k < kernel; k++) {
                        to[target + kernel - 1 - k] = from[source + k];
                    }
                }
            }
        }
        return Tensor.of(
                Shape.of(
                        in * groups, out, weight.shape().size(2), weight.shape().size(3)),
                to);
    }
}
