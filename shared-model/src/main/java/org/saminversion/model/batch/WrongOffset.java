package org.saminversion.model.batch;

/** A part of an upload that does not begin where the stored upload ends. */
public final class WrongOffset extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long expected;

    public WrongOffset(long expected, long actual) {
        super("the upload goes on at byte " + expected + ", not at " + actual);
        this.expected = expected;
    }

    public long expected() {
        return expected;
    }
}
