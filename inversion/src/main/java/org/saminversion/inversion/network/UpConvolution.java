package org.saminversion.inversion.network;

import org.saminversion.graph.Value;

/**
 * The up-convolution of StyleGAN2, a transposed 3x3 convolution of stride 2 and a 4x4 FIR filter (spec networks.md 1.2), as one
 * plain convolution. The filter can be joined with the weight, which makes it four times as large ({@link PolyphaseWeight}), or go
 * first, which makes the input four times as large. The smaller of the two is taken: both need as many multiplications.
 */
final class UpConvolution {
    private static final int TAPS = 9;

    private UpConvolution() {}

    /** @param x [N,I,r,r]; @param weight name of a weight [O,I,3,3]; @return [N,O,2r,2r] */
    static Value of(Value x, GeneratorParameters parameters, String weight) {
        int pixels = x.shape().size(2) * x.shape().size(3);
        int out = parameters.tensor(weight).shape().size(0);
        return pixels > TAPS * out
                ? x.convolve(parameters.polyphase(weight)).depthToSpace(2)
                : FirUpsample.twiceWithBorder(x).convolve(parameters.reversed(weight), 1, 0);
    }
}
