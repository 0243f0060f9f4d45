package org.saminversion.model.lifecycle;

/** Where a job is. */
public enum JobState {
    /** Waits for a segmenter worker. */
    QUEUED,
    /** A segmenter worker computes its invertibility map. */
    MAPPING,
    /** Waits for a GPU worker; its map is stored, or its method needs none. */
    READY,
    /** A GPU worker optimises it. */
    RUNNING,
    /** Somebody asked to stop, and the worker has not confirmed yet. */
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** A deadline passed before the end. */
    EXPIRED;

    /** Nothing happens to it any more, unless it is replayed. */
    public boolean isFinal() {
        return switch (this) {
            case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> true;
            case QUEUED, MAPPING, READY, RUNNING, CANCELLING -> false;
        };
    }

    /** A worker should be busy with it and renew its lease. */
    public boolean isHeldByWorker() {
        return this == MAPPING || this == RUNNING || this == CANCELLING;
    }
}
