package org.saminversion.inversion.network;

import java.util.Optional;
import org.saminversion.graph.Value;

/**
 * Features [N,C,H,W] of which all that follows takes products with scales of the channels. The gradient for a factor of the features
 * is the sum over the pixels of the features times their gradient, which is that for the scales times these: a factor that belongs
 * to the features then goes into the small scales, and its gradient costs no pass over two large values.
 *
 * @param values with all gradients, for whoever takes them in another way
 * @param factor the same values without the gradient for {@code change}
 * @param change zeros [N,C,1,1], by which the features change relatively
 */
record ScaledFeatures(Value values, Value factor, Optional<Value> change) {
    /** Values without such a change. */
    static ScaledFeatures of(Value values) {
        return new ScaledFeatures(values, values, Optional.empty());
    }

    /** @param change [N,C,1,1], zero; what depends on it changes as if {@code factor} were multiplied by 1 + change */
    static ScaledFeatures changing(Value factor, Value change) {
        Value changed = factor.add(factor.detach().multiply(change));
        return new ScaledFeatures(factor.withGradientOf(changed), factor, Optional.of(change));
    }

    /** The scales by which {@link #factor} is to be multiplied: [N,C], the given ones with the gradient for the change. */
    Value scales(Value scales) {
        return change.map(zeros ->
                        zeros.reshape(zeros.shape().size(0), zeros.shape().size(1)))
                .map(zeros -> scales.multiply(zeros.add(1)))
                .orElse(scales);
    }
}
