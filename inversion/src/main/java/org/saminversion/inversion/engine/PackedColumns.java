package org.saminversion.inversion.engine;

import java.util.Optional;
import java.util.stream.IntStream;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * The columns of a table that are not all zero. What a descent remembers of the places that a mask leaves out is zero; a
 * checkpoint does without them.
 *
 * @param columns INT32 [k], ascending, at least one
 * @param values [1,R,k]
 */
record PackedColumns(Tensor columns, Tensor values) {
    /** Empty if it would save nothing. @param table of any shape; only [1,R,S] of FLOAT32 is packed */
    static Optional<PackedColumns> of(Tensor table) {
        Shape shape = table.shape();
        if (shape.rank() != 3 || shape.size(0) != 1 || table.type() != ElementType.FLOAT32) {
            return Optional.empty();
        }
        int rows = shape.size(1);
        int width = shape.size(2);
        float[] all = table.toFloats();
        boolean[] used = new boolean[width];
        // One column stays in any case: a file holds no empty tensors.
        used[0] = true;
        for (int i = 0; i < all.length; i++) {
            used[i % width] |= all[i] != 0;
        }
        int[] columns = IntStream.range(0, width).filter(i -> used[i]).toArray();
        if (columns.length == width) {
            return Optional.empty();
        }
        float[] some = new float[rows * columns.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = all[i / columns.length * width + columns[i % columns.length]];
        }
        return Optional.of(new PackedColumns(
                Tensor.of(Shape.of(columns.length), columns), Tensor.of(Shape.of(1, rows, columns.length), some)));
    }

    /**
     * The whole table.
     *
     * @param shape [1,R,S]
     * @throws IllegalArgumentException if the columns are not some of such a table
     */
    Tensor unpacked(Shape shape) {
        if (columns.type() != ElementType.INT32
                || values.type() != ElementType.FLOAT32
                || shape.rank() != 3
                || !values.shape()
                        .equals(Shape.of(1, shape.size(1), columns.shape().elements()))) {
            throw new IllegalArgumentException(values + " with columns " + columns + " are not of " + shape);
        }
        int width = shape.size(2);
        int[] to = columns.toInts();
        float[] some = values.toFloats();
        float[] all = new float[shape.elements()];
        for (int i = 0; i < some.length; i++) {
            int column = to[i % to.length];
            if (column < 0 || column >= width) {
                throw new IllegalArgumentException("there is no column " + column + " in " + shape);
            }
            all[i / to.length * width + column] = some[i];
        }
        return Tensor.of(shape, all);
    }
}
