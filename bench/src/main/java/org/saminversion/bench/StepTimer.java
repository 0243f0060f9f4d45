package org.saminversion.bench;

/** Something that performs optimisation steps when told to, and says how long they took. */
interface StepTimer extends AutoCloseable {
    /** Performs a block of steps. @return the mean over the block */
    double secondsPerStep(int steps);

    @Override
    void close();
}
