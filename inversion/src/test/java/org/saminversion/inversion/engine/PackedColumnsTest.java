package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

class PackedColumnsTest {
    private static final Shape SHAPE = Shape.of(1, 2, 4);
    private static final Tensor TABLE = Tensor.of(SHAPE, 0f, 1, 0, 0, 0, 0, 0, 2);

    @Test
    void onlyColumnsWithSomethingInThemAreKept() {
        PackedColumns packed = PackedColumns.of(TABLE).orElseThrow();
        assertArrayEquals(new int[] {0, 1, 3}, packed.columns().toInts());
        assertEquals(TABLE, packed.unpacked(SHAPE));
    }

    @Test
    void aTableOfZerosComesBack() {
        Tensor zeros = Tensor.zeros(SHAPE);
        assertEquals(zeros, PackedColumns.of(zeros).orElseThrow().unpacked(SHAPE));
    }

    @Test
    void whatIsFullStaysAsItIs() {
        assertTrue(PackedColumns.of(Tensor.filled(SHAPE, 3)).isEmpty());
        assertTrue(PackedColumns.of(Tensor.zeros(Shape.of(1, 2, 2, 2))).isEmpty());
    }

    @Test
    void columnsOfAnotherTableAreRefused() {
        PackedColumns packed = PackedColumns.of(TABLE).orElseThrow();
        assertThrows(IllegalArgumentException.class, () -> packed.unpacked(Shape.of(1, 2, 3)));
        assertThrows(IllegalArgumentException.class, () -> packed.unpacked(Shape.of(1, 3, 4)));
    }
}
