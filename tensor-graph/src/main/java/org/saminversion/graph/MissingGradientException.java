package org.saminversion.graph;

/** A gradient was asked for through an operator that has none; the message names the operator and the path to it. */
public final class MissingGradientException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MissingGradientException(String message) {
        super(message);
    }
}
