package org.saminversion.graph;

import java.util.Arrays;

/**
 * Where rows of remembered pairs stand: the newest pair takes the place of the oldest, for shifting all rows at every step would read
 * and write them twice more.
 *
 * @param step counts from 0, FLOAT64 [1]
 * @param size rows, an even number
 */
record RowRing(Value step, int size) {
    /** Rows that a step replaces. */
    static final int PAIR = 2;

    /** Rows of the ring from the oldest pair's to the newest's, FLOAT64 [size]. */
    private Value fromOldest() {
        return remainder(counting().add(step.multiply(PAIR)));
    }

    /** What {@link #fromOldest} calls the rows of the ring. */
    private Value places() {
        return remainder(counting().add(size).subtract(remainder(step.multiply(PAIR))));
    }

    private Value counting() {
        double[] numbers = new double[size];
        Arrays.setAll(numbers, i -> i);
        return step.graph().constant("rows of the ring", Tensor.of(Shape.of(size), numbers));
    }

    private Value remainder(Value count) {
        Value times = count.divide(count.like(size)).cast(ElementType.INT64).cast(ElementType.FLOAT64);
        return count.subtract(times.multiply(size));
    }

    /** The newest pair's rows as {@link Value#withRows} wants them, [N,2,2]. */
    Value newest(int items) {
        double[] item = new double[items * PAIR];
        Arrays.setAll(item, i -> i / PAIR);
        Value rows = fromOldest().slice(0, size - PAIR, size).reshape(1, PAIR, 1);
        return Value.concatenate(
                        2,
                        step.graph().constant("items", Tensor.of(Shape.of(items, PAIR, 1), item)),
                        rows.expand(Shape.of(items, PAIR, 1)))
                .cast(ElementType.INT64);
    }

    /** Columns of the ring from the oldest pair's to the newest's. @param columns [N,k,size] */
    Value sorted(Value columns) {
        return columns(columns, fromOldest());
    }

    /** The reverse. */
    Value unsorted(Value columns) {
        return columns(columns, places());
    }

    private static Value columns(Value table, Value index) {
        return table.transpose(2, 0, 1).rows(index.cast(ElementType.INT32)).transpose(1, 2, 0);
    }
}
