package org.saminversion.model.batch;

/** The check of a batch is no longer ours: it was cancelled, or another process took it over. */
public final class IntakeLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IntakeLost(BatchId batch) {
        super("the check of batch " + batch + " is in other hands by now, or no longer wanted");
    }
}
