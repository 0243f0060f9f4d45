package org.saminversion.model.store;

/** The answer to a heartbeat. */
public enum Pulse {
    GO_ON,
    /** Somebody asked to stop the job. */
    CANCEL,
    /** The job is over or in other hands: stop, and write nothing. */
    LOST
}
