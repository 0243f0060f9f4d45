package org.saminversion.model.callback;

/** Where a message to an endpoint is. */
public enum DeliveryState {
    /** Waits for a sender, or for earlier messages of the same job. */
    PENDING,
    /** A sender has it under lease. */
    SENDING,
    /** A try failed; the next one comes later. */
    WAITING,
    /** The endpoint took it: it answered with a status of 2xx. */
    DELIVERED,
    /** The last try failed. */
    EXHAUSTED,
    /** The endpoint is disabled, or answered 410. */
    GONE;

    /** Nothing happens to it any more, unless somebody asks for a redelivery. */
    public boolean isFinal() {
        return switch (this) {
            case DELIVERED, EXHAUSTED, GONE -> true;
            case PENDING, SENDING, WAITING -> false;
        };
    }
}
