package org.saminversion.graph;

/**
 * Gradient descent with momentum as PyTorch's SGD defines it: {@code m = momentum m + g + weightDecay x; x = x - rate m}.
 *
 * @param momentum in [0,1)
 * @param weightDecay added to the gradient per unit of the variable, at least 0
 */
public record MomentumDescent(double momentum, double weightDecay) implements UpdateRule {
    @Override
    public Moving update(Moving now, Value gradient, Value step, Value rate) {
        Value decayed = weightDecay > 0 ? gradient.add(now.value().multiply(weightDecay)) : gradient;
        Value velocity = now.firstMoment().multiply(momentum).add(decayed);
        Value moved = now.value().subtract(velocity.multiply(rate.cast(ElementType.FLOAT32)));
        return new Moving(moved, velocity, now.secondMoment());
    }
}
