package org.saminversion.inversion.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** The number formats found in files, and the element type that each becomes in memory. */
public enum StoredType {
    FLOAT16(2, ElementType.FLOAT32),
    BFLOAT16(2, ElementType.FLOAT32),
    FLOAT32(4, ElementType.FLOAT32),
    FLOAT64(8, ElementType.FLOAT64),
    INT8(1, ElementType.INT32),
    INT16(2, ElementType.INT32),
    INT32(4, ElementType.INT32),
    INT64(8, ElementType.INT64),
    UINT8(1, ElementType.UINT8),
    BOOL(1, ElementType.BOOL);

    private final int bytes;
    private final ElementType inMemory;

    StoredType(int bytes, ElementType inMemory) {
        this.bytes = bytes;
        this.inMemory = inMemory;
    }

    /** Bytes that one element takes in the file. */
    public int bytes() {
        return bytes;
    }

    /** The type of the tensor that {@link #decode} makes; narrow types are widened without loss. */
    public ElementType inMemory() {
        return inMemory;
    }

    /**
     * Copies stored numbers into a tensor of their own.
     *
     * @param source row-major elements; exactly as many bytes remain as the shape needs; its position is left alone
     * @throws IllegalArgumentException if the byte count does not fit the shape
     */
    public Tensor decode(ByteBuffer source, ByteOrder order, Shape shape) {
        int elements = shape.elements();
        if (source.remaining() != (long) elements * bytes) {
            throw new IllegalArgumentException(
                    source.remaining() + " bytes are given for a " + this + " tensor of shape " + shape);
        }
        ByteBuffer from = source.duplicate().order(order);
        ByteBuffer to = ByteBuffer.allocateDirect(Math.multiplyExact(elements, inMemory.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (isAsInMemory(order)) {
            to.put(from);
        } else {
            for (int i = 0; i < elements; i++) {
                decodeElement(from, to);
            }
        }
        return Tensor.of(inMemory, shape, to.flip().order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Like {@link #decode}, but without a copy where the stored form is the one in memory.
     *
     * @param own a direct buffer that nobody writes to afterwards
     */
    public Tensor adopt(ByteBuffer own, ByteOrder order, Shape shape) {
        return isAsInMemory(order) ? Tensor.of(inMemory, shape, own) : decode(own, order, shape);
    }

    /** Booleans are never taken as they are: files may hold others than 0 and 1. */
    private boolean isAsInMemory(ByteOrder order) {
        return bytes == inMemory.bytes() && this != BOOL && (bytes == 1 || order == ByteOrder.LITTLE_ENDIAN);
    }

    private void decodeElement(ByteBuffer from, ByteBuffer to) {
        switch (this) {
            case FLOAT16 -> to.putFloat(HalfPrecision.fromHalf(from.getShort()));
            case BFLOAT16 -> to.putFloat(HalfPrecision.fromBrainFloat(from.getShort()));
            case FLOAT32, INT32 -> to.putInt(from.getInt());
            case FLOAT64, INT64 -> to.putLong(from.getLong());
            case INT8 -> to.putInt(from.get());
            case INT16 -> to.putInt(from.getShort());
            case UINT8 -> to.put(from.get());
            case BOOL -> to.put((byte) (from.get() == 0 ? 0 : 1));
        }
    }
}
