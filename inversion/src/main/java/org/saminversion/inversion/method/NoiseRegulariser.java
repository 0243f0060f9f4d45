package org.saminversion.inversion.method;

import org.saminversion.graph.Value;

/**
 * Keeps optimised noise maps noise: no correlation with their neighbours at any scale (spec baselines.md 0.2), so that they carry
 * no picture.
 */
final class NoiseRegulariser {
    /** The coarsest scale that counts. */
    private static final int SIDE_MIN = 8;

    private NoiseRegulariser() {}

    /** @param noise [N,1,r,r]; @return [N], the squared mean correlation with the right and lower neighbour over all scales */
    static Value of(Value noise) {
        int batch = noise.shape().size(0);
        Value sum = null;
        Value scale = noise;
        while (true) {
            Value here = neighbours(scale, 3).add(neighbours(scale, 2)).reshape(batch);
            sum = sum == null ? here : sum.add(here);
            if (scale.shape().size(2) <= SIDE_MIN) {
                return sum;
            }
            scale = scale.blockMean(2);
        }
    }

    /** The square of the mean product with the map rolled by one. */
    private static Value neighbours(Value noise, int axis) {
        int last = noise.shape().size(axis) - 1;
        Value rolled = Value.concatenate(axis, noise.slice(axis, last, last + 1), noise.slice(axis, 0, last));
        return noise.multiply(rolled).mean(1, 2, 3).square();
    }

    /** Mean 0 and mean square 1 for each map of [N,1,r,r]. */
    static Value normalised(Value noise) {
        Value centred = noise.subtract(noise.mean(1, 2, 3));
        return centred.divide(centred.square().mean(1, 2, 3).squareRoot());
    }
}
