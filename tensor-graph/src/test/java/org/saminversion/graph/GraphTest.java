package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
    @Test
    void printsOneLinePerNode() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2, 3);
        Value weight = graph.constant("weight", Tensor.zeros(Shape.of(3, 20)));
        Value loss = x.matrixProduct(weight).relu().multiply(0.5).mean();
        x.exponential();
        assertEquals("""
                %0 = Input x() : float32[2,3]
                %1 = Constant weight() : float32[3,20]
                %2 = MatrixProduct[](%0, %1) : float32[2,20]
                %3 = Relu(%2) : float32[2,20]
                %4 = Constant 0.5() : float32[]
                %5 = Mul(%3, %4) : float32[2,20]
                %6 = ReduceMean[0, 1](%5) : float32[1,1]
                """, graph.print(loss));
    }

    @Test
    void aGradientReadsLikeItsFormula() {
        Graph graph = new Graph();
        Value x = graph.input("x", 3);
        Value gradient = Gradients.of(x.square().sum(), List.of(x)).get(0);
        assertEquals("""
                %0 = Input x() : float32[3]
                %1 = Constant 1.0() : float32[1]
                %2 = Expand[to=[3]](%1) : float32[3]
                %3 = Mul(%2, %0) : float32[3]
                %4 = Add(%3, %3) : float32[3]
                """, graph.print(gradient));
    }

    @Test
    void equalExpressionsAreOneNode() {
        Graph graph = new Graph();
        Value x = graph.input("x", 4);
        assertEquals(x.add(1).exponential(), x.add(1).exponential());
    }

    @Test
    void shapesAreCheckedWhenTheGraphIsBuilt() {
        Graph graph = new Graph();
        Value image = graph.input("image", 1, 3, 8, 8);
        Value weight = graph.input("weight", 4, 5, 3, 3);
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> image.convolve(weight));
        assertTrue(
                error.getMessage().contains("[1,3,8,8]") && error.getMessage().contains("[4,5,3,3]"));
        assertThrows(IllegalArgumentException.class, () -> image.add(graph.input("other", 7)));
        assertThrows(IllegalArgumentException.class, () -> image.reshape(7));
        assertThrows(IllegalArgumentException.class, () -> graph.input("image", 1));
    }

    @Test
    void aProgramNamesWrongInputs() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        try (Program program = Program.compile(graph, Map.of("y", x.add(1)), RuntimeOptions.withThreads(1))) {
            assertEquals(
                    Tensor.of(Shape.of(2), 2f, 3f),
                    program.run(Map.of("x", Tensor.of(Shape.of(2), 1f, 2f))).get("y"));
            IllegalArgumentException missing =
                    assertThrows(IllegalArgumentException.class, () -> program.run(Map.of()));
            assertTrue(missing.getMessage().contains("[x]"), missing.getMessage());
            IllegalArgumentException wrong = assertThrows(
                    IllegalArgumentException.class, () -> program.run(Map.of("x", Tensor.zeros(Shape.of(3)))));
            assertTrue(wrong.getMessage().contains("float32[3]"), wrong.getMessage());
        }
    }
}
