package org.saminversion.graph;

import org.saminversion.graph.PoolOp.MaxPool;

/** Where piecewise linear operators have which slope. Masks are fixed numbers for further gradients. */
final class KinkMasks {
    /** Large enough to lift every normal float to at least 1, small enough to be finite. */
    private static final double LIFT = 3e38;

    private KinkMasks() {}

    /**
     * 1 where x is positive, {@code lower} elsewhere. Two fast element-wise operators: ONNX Runtime's {@code Where} makes two
     * temporaries of full size.
     */
    static Value slopes(Value x, float lower) {
        return x.multiply(LIFT).clip(lower, 1).detach();
    }

    /** 1 where the two are equal, else 0, in the element type of the first. */
    static Value equal(Value a, Value b) {
        return a.equal(b).cast(a.type().element()).detach();
    }

    /** Equal maxima in a window share the gradient: it must not grow in flat regions, such as the bars of a letter-box. */
    static Value maxPoolGradient(MaxPool op, Value x, Value y, Value g) {
        int k = op.kernel();
        boolean tiles = op.stride() == k
                && op.padding() == 0
                && x.shape().size(2) == k * y.shape().size(2)
                && x.shape().size(3) == k * y.shape().size(3);
        if (!tiles) {
            throw new MissingGradientException(
                    "MaxPool has a gradient only where its windows tile the image, not " + op + " on " + x.shape());
        }
        // 1 where x is its window's maximum. Comparisons run on one thread in ONNX Runtime; these three operators on
        // all.
        Value below = y.nearestUpsample(k).subtract(x).multiply(LIFT).clip(0, 1);
        Value mask = x.like(1).subtract(below).detach();
        Value count = mask.blockMean(k).multiply(k * k);
        return mask.multiply(g.divide(count).nearestUpsample(k));
    }
}
