package org.saminversion.model.batch;

/** A trigger that has no row in the table for the state: a request comes too early or too late. */
public final class IllegalBatchTransition extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final BatchState state;

    public IllegalBatchTransition(BatchState state, BatchTrigger trigger) {
        super("a batch that is " + state + " cannot take " + trigger);
        this.state = state;
    }

    public BatchState state() {
        return state;
    }
}
