package org.saminversion.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A dense row-major block of numbers outside any graph: weights, inputs and results.
 *
 * <p>The bytes lie in a direct little-endian buffer, so that ONNX Runtime reads them without a copy. A tensor is a value:
 * nothing writes to it once it is made, and the accessors return copies.
 */
public final class Tensor {
    private final ElementType type;
    private final Shape shape;
    private final ByteBuffer bytes;

    private Tensor(ElementType type, Shape shape, ByteBuffer bytes) {
        this.type = type;
        this.shape = shape;
        this.bytes = bytes;
    }

    /**
     * Wraps bytes without copying when they are direct, and copies them otherwise; the caller must not write to them
     * afterwards.
     *
     * @throws IllegalArgumentException if the remaining bytes are not exactly those of the shape
     */
    public static Tensor of(ElementType type, Shape shape, ByteBuffer littleEndianBytes) {
        long expected = (long) shape.elements() * type.bytes();
        if (littleEndianBytes.remaining() != expected) {
            throw new IllegalArgumentException("a " + type + " tensor of shape " + shape + " needs " + expected
                    + " bytes, but " + littleEndianBytes.remaining() + " are given");
        }
        ByteBuffer own = littleEndianBytes.isDirect()
                ? littleEndianBytes.slice()
                : allocate(type, shape).put(littleEndianBytes.duplicate()).flip();
        return new Tensor(type, shape, own.order(ByteOrder.LITTLE_ENDIAN));
    }

    public static Tensor of(Shape shape, float... values) {
        requireCount(shape, values.length);
        ByteBuffer bytes = allocate(ElementType.FLOAT32, shape);
        bytes.asFloatBuffer().put(values);
        return new Tensor(ElementType.FLOAT32, shape, bytes);
    }

    public static Tensor of(Shape shape, double... values) {
        requireCount(shape, values.length);
        ByteBuffer bytes = allocate(ElementType.FLOAT64, shape);
        bytes.asDoubleBuffer().put(values);
        return new Tensor(ElementType.FLOAT64, shape, bytes);
    }

    public static Tensor of(Shape shape, int... values) {
        requireCount(shape, values.length);
        ByteBuffer bytes = allocate(ElementType.INT32, shape);
        bytes.asIntBuffer().put(values);
        return new Tensor(ElementType.INT32, shape, bytes);
    }

    public static Tensor of(Shape shape, long... values) {
        requireCount(shape, values.length);
        ByteBuffer bytes = allocate(ElementType.INT64, shape);
        bytes.asLongBuffer().put(values);
        return new Tensor(ElementType.INT64, shape, bytes);
    }

    public static Tensor scalar(float value) {
        return of(Shape.SCALAR, value);
    }

    /** All zeros, of type FLOAT32. */
    public static Tensor zeros(Shape shape) {
        return new Tensor(ElementType.FLOAT32, shape, allocate(ElementType.FLOAT32, shape));
    }

    /** The same value everywhere, of type FLOAT32. */
    public static Tensor filled(Shape shape, float value) {
        float[] values = new float[shape.elements()];
        java.util.Arrays.fill(values, value);
        return of(shape, values);
    }

    private static ByteBuffer allocate(ElementType type, Shape shape) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(shape.elements(), type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireCount(Shape shape, int count) {
        if (shape.elements() != count) {
            throw new IllegalArgumentException(
                    "shape " + shape + " has " + shape.elements() + " elements, but " + count + " values are given");
        }
    }

    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /** A read-only little-endian view of all bytes; direct. */
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).rewind();
    }

    /** A writable alias for the runtime, which takes only writable direct buffers. It is not written to. */
    ByteBuffer directBytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
    }

    /** A copy of all values; FLOAT64 is rounded. @throws IllegalStateException for integer types */
    public float[] toFloats() {
        float[] out = new float[shape.elements()];
        switch (type) {
            case FLOAT32 -> bytes().asFloatBuffer().get(out);
            case FLOAT64 -> {
                double[] wide = toDoubles();
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) wide[i];
                }
            }
            default -> throw new IllegalStateException("a tensor of " + type + " has no floating-point values");
        }
        return out;
    }

    /** A copy of all values. @throws IllegalStateException for integer types */
    public double[] toDoubles() {
        double[] out = new double[shape.elements()];
        switch (type) {
            case FLOAT64 -> bytes().asDoubleBuffer().get(out);
            case FLOAT32 -> {
                float[] narrow = toFloats();
                for (int i = 0; i < out.length; i++) {
                    out[i] = narrow[i];
                }
            }
            default -> throw new IllegalStateException("a tensor of " + type + " has no floating-point values");
        }
        return out;
    }

    /** A copy of all values of an integer or boolean tensor. @throws ArithmeticException if one passes the int range */
    public int[] toInts() {
        int[] out = new int[shape.elements()];
        switch (type) {
            case INT32 -> bytes().asIntBuffer().get(out);
            case INT64 -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = Math.toIntExact(bytes.getLong(8 * i));
                }
            }
            case UINT8, BOOL -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = bytes.get(i) & 0xff;
                }
            }
            default -> throw new IllegalStateException("a tensor of " + type + " has no integer values");
        }
        return out;
    }

    /** One part along the first axis, on the same bytes. */
    Tensor part(int index) {
        int[] sizes = shape.toArray();
        Shape one = Shape.of(java.util.Arrays.copyOfRange(sizes, 1, sizes.length));
        int length = one.elements() * type.bytes();
        return of(type, one, bytes.slice(index * length, length));
    }

    /** The same values under another shape. @throws IllegalArgumentException if the element counts differ */
    public Tensor reshape(int... sizes) {
        Shape other = Shape.of(sizes);
        requireCount(other, shape.elements());
        return new Tensor(type, other, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && type == tensor.type
                && shape.equals(tensor.shape)
                && bytes().equals(tensor.bytes());
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + bytes().hashCode();
    }

    @Override
    public String toString() {
        return type.name().toLowerCase(java.util.Locale.ROOT) + shape;
    }
}
