package org.saminversion.model.lifecycle;

/** A trigger that has no row in the table for the state: somebody else was faster, or a request comes too late. */
public final class IllegalTransition extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final JobState state;

    public IllegalTransition(JobState state, JobTrigger trigger) {
        super("a job that is " + state + " cannot take " + trigger);
        this.state = state;
    }

    public JobState state() {
        return state;
    }
}
