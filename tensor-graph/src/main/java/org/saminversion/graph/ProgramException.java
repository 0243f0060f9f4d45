package org.saminversion.graph;

/** ONNX Runtime refused a program or failed while it ran. */
public final class ProgramException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ProgramException(String message, Throwable cause) {
        super(message, cause);
    }
}
