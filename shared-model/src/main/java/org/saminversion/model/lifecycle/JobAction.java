package org.saminversion.model.lifecycle;

/** What has to be done in the same transaction as a change of state. */
public enum JobAction {
    NOTHING,
    /** Tell a segmenter worker. */
    SEND_TO_SEGMENTER,
    /** Tell a GPU worker. */
    SEND_TO_GPU,
    /** Raise the flag that the worker reads at its next heartbeat. */
    TELL_WORKER_TO_STOP,
    /** Take the lease away, so that a late worker is refused, and forget the checkpoint. */
    CLOSE
}
