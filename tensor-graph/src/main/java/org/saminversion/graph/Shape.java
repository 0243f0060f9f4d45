package org.saminversion.graph;

import java.util.Arrays;

/**
 * The static shape of a tensor; a scalar has rank 0. Sizes are at least 0.
 *
 * <p>Shapes follow the broadcasting rules of ONNX (and NumPy): axes are aligned at the right, and an axis of size 1
 * stretches.
 */
public final class Shape {
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] sizes;

    private Shape(int[] sizes) {
        this.sizes = sizes;
    }

    /** @throws IllegalArgumentException if a size is negative or the element count passes 2^31 - 1 */
    public static Shape of(int... sizes) {
        long elements = 1;
        for (int size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException(
                        "a shape cannot have the size " + size + ": " + Arrays.toString(sizes));
            }
            elements = Math.multiplyExact(elements, size);
        }
        if (elements > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + Arrays.toString(sizes) + " has too many elements");
        }
        return sizes.length == 0 && SCALAR != null ? SCALAR : new Shape(sizes.clone());
    }

    public int rank() {
        return sizes.length;
    }

    /** The size along an axis; negative axes count from the last. */
    public int size(int axis) {
        return sizes[axis < 0 ? sizes.length + axis : axis];
    }

    public int elements() {
        int n = 1;
        for (int size : sizes) {
            n *= size;
        }
        return n;
    }

    public int[] toArray() {
        return sizes.clone();
    }

    public long[] toLongArray() {
        return Arrays.stream(sizes).asLongStream().toArray();
    }

    /** The shape that both broadcast to. @throws IllegalArgumentException if they do not agree */
    public Shape broadcast(Shape other) {
        int rank = Math.max(rank(), other.rank());
        int[] out = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int a = i <= rank() ? size(-i) : 1;
            int b = i <= other.rank() ? other.size(-i) : 1;
            if (a != b && a != 1 && b != 1) {
                throw new IllegalArgumentException("shapes " + this + " and " + other + " do not broadcast");
            }
            out[rank - i] = a == 1 ? b : a;
        }
        return Shape.of(out);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** For example {@code [1,192,8,8]}. */
    @Override
    public String toString() {
        return Arrays.toString(sizes).replace(" ", "");
    }
}
