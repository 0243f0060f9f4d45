package org.saminversion.graph;

/**
 * Adam as PyTorch defines it, with bias correction (spec baselines.md 0.1).
 *
 * @param firstDecay beta 1
 * @param secondDecay beta 2
 * @param epsilon added to the root of the corrected second moment
 * @param weightDecay share of the variable that a step at learning rate 1 takes away beside the gradient's part (AdamW), at least 0
 */
public record Adam(double firstDecay, double secondDecay, double epsilon, double weightDecay) implements UpdateRule {
    public static final Adam STANDARD = new Adam(0.9, 0.999, 1e-8, 0);

    /** The standard one with weight decay. */
    public static Adam withWeightDecay(double weightDecay) {
        return new Adam(STANDARD.firstDecay, STANDARD.secondDecay, STANDARD.epsilon, weightDecay);
    }

    @Override
    public Moving update(Moving now, Value gradient, Value step, Value rate) {
        // Equal nodes exist once in a graph: the numbers of a step are shared by all variables.
        Value count = step.add(step.like(1));
        Value secondRoot = correction(secondDecay, count).squareRoot();
        Value corrected =
                rate.multiply(secondRoot).divide(correction(firstDecay, count)).cast(ElementType.FLOAT32);
        Value slack = secondRoot.multiply(epsilon).cast(ElementType.FLOAT32);
        Value first = now.firstMoment().multiply(firstDecay).add(gradient.multiply(1 - firstDecay));
        Value second =
                now.secondMoment().multiply(secondDecay).add(gradient.square().multiply(1 - secondDecay));
        // rate first / (root(second) / correction + epsilon), with one pass less over the variable.
        Value root = second.squareRoot().add(slack);
        Value kept = weightDecay > 0
                ? now.value()
                        .subtract(
                                now.value().multiply(rate.multiply(weightDecay).cast(ElementType.FLOAT32)))
                : now.value();
        return new Moving(kept.subtract(first.multiply(corrected).divide(root)), first, second);
    }

    private static Value correction(double decay, Value count) {
        return count.like(1).subtract(count.graph().apply(BinaryOp.POWER, count.like(decay), count));
    }
}
