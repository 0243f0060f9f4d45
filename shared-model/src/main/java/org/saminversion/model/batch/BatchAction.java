package org.saminversion.model.batch;

/** What has to be done in the same transaction as a change of state. */
public enum BatchAction {
    NOTHING,
    /** Let its items start. */
    OPEN_ITEMS,
    /** End the items that wait, and cancel the jobs in work. */
    STOP_ITEMS,
    /** Forget the upload, and tell the caller. */
    CLOSE
}
