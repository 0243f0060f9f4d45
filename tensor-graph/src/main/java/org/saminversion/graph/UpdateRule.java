package org.saminversion.graph;

/** How variables move along their gradients. */
public sealed interface UpdateRule permits Adam, MomentumDescent {
    /** A variable with what the rule remembers of earlier gradients, all of one shape; a rule may leave a moment as it is. */
    record Moving(Value value, Value firstMoment, Value secondMoment) {}

    /** @param step float64 from 0; @param rate the learning rate, float64 */
    Moving update(Moving now, Value gradient, Value step, Value rate);
}
