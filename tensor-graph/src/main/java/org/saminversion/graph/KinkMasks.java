package org.saminversion.graph;

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

    /** 0 where a descent along the gradient would move x further away from its limited value y, 1 elsewhere. */
    static Value returning(Value x, Value y, Value g) {
        Value outward = x.subtract(y).multiply(g).negate();
        return x.like(1).subtract(outward.multiply(LIFT).clip(0, 1)).detach();
    }

    /**
     * 1 where x reaches its maximum, else 0. Comparisons run on one thread in ONNX Runtime; these three operators on all.
     *
     * @param maximum nowhere below x
     */
    static Value reached(Value x, Value maximum) {
        Value below = maximum.subtract(x).multiply(LIFT).clip(0, 1);
        return x.like(1).subtract(below).detach();
    }
}
