package org.saminversion.inversion.image;

/** A file whose bytes do not make a whole picture; {@link ImageReader} turns it into a rejection. */
final class UnreadableImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableImageException(String message) {
        super(message);
    }
}
