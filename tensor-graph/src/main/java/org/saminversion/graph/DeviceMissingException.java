package org.saminversion.graph;

/** The device that was demanded cannot be used; the message says what is missing. */
public final class DeviceMissingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DeviceMissingException(String message) {
        super(message);
    }
}
