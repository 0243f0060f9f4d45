package org.saminversion.inversion.training;

/** Is told how a training goes on. */
@FunctionalInterface
public interface TrainingListener {
    /** After each run of the program. */
    void trained(TrainingLog.Entry entry);
}
