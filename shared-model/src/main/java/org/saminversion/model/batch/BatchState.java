package org.saminversion.model.batch;

/** Where a batch is. */
public enum BatchState {
    /** Its upload is not complete. */
    UPLOADING,
    /** Its lines are checked. */
    VALIDATING,
    /** Its items go into the queue, as many at a time as the tenant's window takes. */
    OPEN,
    /** No further item starts; those in work come to their end. */
    FINALIZING,
    /** Every item has ended, some perhaps in failure. */
    DONE,
    /** No item was accepted, or one was wrong and the caller wanted all or nothing. */
    REJECTED,
    CANCELLED,
    /** The deadline passed before the end; what had ended by then stands. */
    EXPIRED;

    /** Nothing happens to it any more, unless its failed items are tried again. */
    public boolean isFinal() {
        return switch (this) {
            case DONE, REJECTED, CANCELLED, EXPIRED -> true;
            case UPLOADING, VALIDATING, OPEN, FINALIZING -> false;
        };
    }
}
