package org.saminversion.graph;

/** The learning rate of every step of an optimisation. */
public sealed interface LearningRate permits LearningRateSchedule, PolynomialDecay {
    /** @param step a float64 number from 0; @param steps a float64 number, all steps; @return float64 */
    Value at(Value step, Value steps);

    /** The same as a plain number. */
    double at(int step, int steps);
}
