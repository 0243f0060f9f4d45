package org.saminversion.inversion.engine;

/** Hears of long work while it goes on; called on the working thread, so it must be quick. */
@FunctionalInterface
public interface ProgressListener {
    ProgressListener SILENT = (done, total, loss) -> {};

    /**
     * @param done steps that are finished
     * @param total steps in all
     * @param loss total loss before the latest finished step
     * @throws org.saminversion.inversion.failure.JobFailure.Cancelled to stop the work
     */
    void progressed(int done, int total, double loss);
}
