package org.saminversion.standalone.serve;

/** The service cannot start; the message says why and what to do, in words for the person at the shell. */
public final class ServeException extends Exception {
    private static final long serialVersionUID = 1L;

    public ServeException(String message, Throwable cause) {
        super(message, cause);
    }
}
