package org.saminversion.model.batch;

/** What can happen to a batch. */
public enum BatchTrigger {
    UPLOAD_FINISHED,
    LINES_ACCEPTED,
    LINES_REFUSED,
    /** The last item has become a job, or will never. */
    ALL_STARTED,
    CANCEL_REQUESTED,
    DEADLINE_PASSED,
    /** Nothing of it is in work any more. */
    ITEMS_OVER,
    /** The same, after a cancellation. */
    CANCEL_COMPLETED,
    /** The same, after the deadline. */
    DEADLINE_COMPLETED,
    /** The failed items shall be tried again. */
    RETRY_REQUESTED
}
