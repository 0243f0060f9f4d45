package org.saminversion.model.callback;

/** What can happen to a message to an endpoint. */
public enum DeliveryTrigger {
    /** A sender took the lease. */
    CLAIMED,
    /** The endpoint answered with a status of 2xx. */
    ACCEPTED,
    /** No answer, or one of another status; the schedule has another try. */
    TRY_FAILED,
    /** The same, and the schedule is used up. */
    TRIES_USED_UP,
    /** The endpoint answered 410. */
    ENDPOINT_GONE,
    /** The caller disabled the endpoint, or another message met a 410. */
    ENDPOINT_DISABLED,
    /** The lease ran out: the sender is gone, and nobody knows whether the message arrived. */
    SENDER_LOST,
    REDELIVERY_REQUESTED
}
