package org.saminversion.model.lifecycle;

/** What can happen to a job. */
public enum JobTrigger {
    /** A segmenter worker took the lease. */
    MAP_STARTED,
    /** The map is stored. */
    MAP_FINISHED,
    /** A GPU worker took the lease. */
    RUN_STARTED,
    /** All results are stored. */
    RUN_FINISHED,
    /** The worker hit a passing trouble, or is shutting down, or is gone and its lease has run out. */
    WORK_RETURNED,
    /** The work cannot succeed. */
    WORK_FAILED,
    CANCEL_REQUESTED,
    /** The worker stopped because of a request. */
    CANCEL_CONFIRMED,
    DEADLINE_PASSED,
    /** An operator or caller asks for another try of a failed job. */
    REPLAYED
}
