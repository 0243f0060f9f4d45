package org.saminversion.graph;

/**
 * Adam as PyTorch defines it, with bias correction (spec baselines.md 0.1).
 *
 * @param firstDecay beta 1
 * @param secondDecay beta 2
 * @param epsilon added to the root of the corrected second moment
 */
public record Adam(double firstDecay, double secondDecay, double epsilon) {
    public static final Adam STANDARD = new Adam(0.9, 0.999, 1e-8);

    /** A variable with its moments, all of one shape. */
    record Moving(Value value, Value firstMoment, Value secondMoment) {}

    /** The numbers of one step that all variables share; float32. */
    record StepNumbers(Value rate, Value rootOfSecondCorrection) {}

    /** @param step float64 from 0; @param rate float64 */
    StepNumbers numbers(Value step, Value rate) {
        Value count = step.add(step.like(1));
        Value one = step.like(1);
        Value firstCorrection = one.subtract(step.graph().apply(BinaryOp.POWER, step.like(firstDecay), count));
        Value secondCorrection = one.subtract(step.graph().apply(BinaryOp.POWER, step.like(secondDecay), count));
        return new StepNumbers(
                rate.divide(firstCorrection).cast(ElementType.FLOAT32),
                secondCorrection.squareRoot().cast(ElementType.FLOAT32));
    }

    Moving update(Moving now, Value gradient, StepNumbers numbers) {
        Value first = now.firstMoment().multiply(firstDecay).add(gradient.multiply(1 - firstDecay));
        Value second =
                now.secondMoment().multiply(secondDecay).add(gradient.square().multiply(1 - secondDecay));
        Value root =
                second.squareRoot().divide(numbers.rootOfSecondCorrection()).add((float) epsilon);
        Value moved = now.value().subtract(first.multiply(numbers.rate()).divide(root));
        return new Moving(moved, first, second);
    }
}
