package org.saminversion.inversion.file;

import java.util.List;
import org.saminversion.graph.Shape;

/** Turns sizes that a file claims into a shape, or says why they cannot be one. */
public final class ShapeCheck {
    /** One tensor has to fit into one buffer of the JVM. */
    public static final long TENSOR_BYTES_MAXIMUM = Integer.MAX_VALUE;

    private ShapeCheck() {}

    /**
     * @param what the tensor, as the message should name it
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if a size is negative or the tensor would pass
     *     2^31 - 1 bytes in the file or in memory
     */
    public static Shape shape(List<Long> sizes, StoredType type, String what, String file) {
        int bytes = Math.max(type.bytes(), type.inMemory().bytes());
        long total = bytes;
        int[] checked = new int[sizes.size()];
        for (int axis = 0; axis < checked.length; axis++) {
            long size = sizes.get(axis);
            if (size < 0 || size > TENSOR_BYTES_MAXIMUM) {
                throw tooLarge(sizes, what, file);
            }
            checked[axis] = (int) size;
            // The sizes beside a zero count too: a shape multiplies them in any order.
            total *= Math.max(size, 1);
            if (total > TENSOR_BYTES_MAXIMUM) {
                throw tooLarge(sizes, what, file);
            }
        }
        return Shape.of(checked);
    }

    private static RuntimeException tooLarge(List<Long> sizes, String what, String file) {
        return InvalidFile.because(
                file, what + " has the impossible shape " + sizes + "; at most " + TENSOR_BYTES_MAXIMUM + " bytes fit");
    }
}
