package org.saminversion.inversion.network.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

class ResizingTest {
    private final Graph graph = new Graph();

    /** 4 columns in 3 overlapping parts: 0-1, 1-2 and 2-3. */
    @Test
    void partsOfAnAdaptiveMeanOverlapWhereSizesDoNotDivide() {
        Value x = graph.input("x", 1, 1, 3, 4);
        Tensor image = Tensor.of(Shape.of(1, 1, 3, 4), 0f, 2f, 4f, 6f, 10f, 12f, 14f, 16f, 20f, 22f, 24f, 26f);
        Tensor expected = Tensor.of(Shape.of(1, 1, 3, 3), 1f, 3f, 5f, 11f, 13f, 15f, 21f, 23f, 25f);
        assertEquals(expected, run(Resizing.adaptiveMean(x, 3), image));
    }

    @Test
    void theNearestPixelIsTheOneBefore() {
        Value x = graph.input("x", 1, 1, 1, 3);
        Tensor image = Tensor.of(Shape.of(1, 1, 1, 3), 1f, 2f, 3f);
        assertEquals(Tensor.of(Shape.of(1, 1, 1, 5), 1f, 1f, 2f, 2f, 3f), run(Resizing.nearest(x, 1, 5), image));
        assertEquals(
                Tensor.of(Shape.of(1, 1, 2, 6), 1f, 1f, 2f, 2f, 3f, 3f, 1f, 1f, 2f, 2f, 3f, 3f),
                run(Resizing.nearest(x, 2, 6), image));
    }

    private Tensor run(Value output, Tensor image) {
        try (Program program = Program.compile(graph, Map.of("y", output), RuntimeOptions.withThreads(1))) {
            return program.run(Map.of("x", image)).get("y");
        }
    }
}
