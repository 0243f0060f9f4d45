package org.saminversion.inversion.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies strided array data (Fortran order, transposed or broadcast PyTorch tensors) into row-major order. */
public final class Strides {
    private Strides() {}

    /** The strides, in elements, of a dense row-major array. */
    public static long[] rowMajor(int... sizes) {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, sizes[axis]);
        }
        return strides;
    }

    /** The strides, in elements, of a dense array whose first axis varies fastest. */
    public static long[] columnMajor(int... sizes) {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            strides[axis] = stride;
            stride *= Math.max(1, sizes[axis]);
        }
        return strides;
    }

    /**
     * Gathers the elements in row-major order. The caller has checked that every element lies within the source and that
     * the result fits into one buffer.
     *
     * @param offset index of the first element in the source
     * @param strides distance in elements per axis, 0 or more
     * @return a new direct buffer with the bytes of each element in their stored order
     */
    public static ByteBuffer gather(ByteBuffer source, int elementBytes, long offset, int[] sizes, long[] strides) {
        int elements = 1;
        for (int size : sizes) {
            elements *= size;
        }
        ByteBuffer from = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocateDirect(elements * elementBytes).order(ByteOrder.LITTLE_ENDIAN);
        int[] index = new int[sizes.length];
        long position = offset;
        for (int i = 0; i < elements; i++) {
            copyElement(from, (int) (position * elementBytes), to, elementBytes);
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                position += strides[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                position -= strides[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
        return to.flip();
    }

    private static void copyElement(ByteBuffer from, int at, ByteBuffer to, int elementBytes) {
        switch (elementBytes) {
            case 1 -> to.put(from.get(at));
            case 2 -> to.putShort(from.getShort(at));
            case 4 -> to.putInt(from.getInt(at));
            case 8 -> to.putLong(from.getLong(at));
            default -> throw new IllegalArgumentException("elements of " + elementBytes + " bytes");
        }
    }
}
