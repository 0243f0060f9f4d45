package org.saminversion.graph;

/** Element types of tensors, with their size in memory. */
public enum ElementType {
    FLOAT32(4),
    FLOAT64(8),
    INT32(4),
    INT64(8),
    UINT8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that one element takes. */
    public int bytes() {
        return bytes;
    }
}
