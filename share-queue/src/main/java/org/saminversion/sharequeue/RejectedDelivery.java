package org.saminversion.sharequeue;

/** The reason to give to {@code Message.nack} for a record that must never come back; any other reason releases it. */
public final class RejectedDelivery extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RejectedDelivery(String message, Throwable cause) {
        super(message, cause);
    }
}
