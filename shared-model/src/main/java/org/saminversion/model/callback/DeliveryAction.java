package org.saminversion.model.callback;

/** What has to be done in the same transaction as a change of a delivery's state. */
public enum DeliveryAction {
    NOTHING,
    /** Give the sender a lease with a new fence. */
    START_LEASE,
    /** Keep the later messages of the same job until the next try. */
    HOLD_FOLLOWERS,
    /** Let the next message of the same job go. */
    RELEASE_FOLLOWERS,
    /** Disable the endpoint, and with it all its messages that wait. */
    DISABLE_ENDPOINT,
    /** Begin the schedule of tries anew. */
    RESTART_SCHEDULE
}
