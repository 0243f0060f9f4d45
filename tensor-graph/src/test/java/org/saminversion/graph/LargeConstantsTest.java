package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LargeConstantsTest {
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);
    private static final int ROWS = 1 << 10;
    private static final Tensor LARGE = Seeded.normal(new SplittableRandom(1), ROWS, ROWS + 1);

    @Test
    void largeTensorsLieInAFileUntilItIsClosed() {
        TensorProto.Builder first = TensorProto.newBuilder();
        TensorProto.Builder second = TensorProto.newBuilder();
        LargeConstants constants = new LargeConstants();
        constants.put(LARGE, first);
        constants.put(LARGE, second);
        Path file = constants
                .folder()
                .orElseThrow()
                .resolve(first.getExternalData(0).getValue());

        assertEquals(2L * 4 * ROWS * (ROWS + 1), constants.bytes());
        assertEquals("0", first.getExternalData(1).getValue());
        assertEquals(0, Long.parseLong(second.getExternalData(1).getValue()) % 4096);
        assertFalse(first.hasRawData());
        assertTrue(Files.exists(file));
        constants.close();
        assertFalse(Files.exists(file));
    }

    @Test
    void programsReadThem() {
        Graph graph = new Graph();
        Value sum = graph.input("x", ROWS, ROWS + 1).add(graph.constant("large", LARGE));
        try (Program program = Program.compile(graph, Map.of("sum", sum), ONE_THREAD)) {
            Tensor got = program.run(Map.of("x", Tensor.zeros(LARGE.shape()))).get("sum");
            assertArrayEquals(LARGE.toFloats(), got.toFloats());
        }
    }

    @Test
    void loopsReadThemInEveryStep() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, ROWS);
        Value product = x.matrixProduct(graph.constant("large", LARGE));
        try (OptimisationLoop loop = OptimisationLoop.compile(
                graph,
                List.of("x"),
                product.square().mean(),
                List.of(product.slice(1, 0, 2)),
                LearningRateSchedule.ramp(0.1),
                Adam.STANDARD,
                ONE_THREAD)) {
            Tensor unit = Tensor.zeros(Shape.of(1, ROWS));
            OptimisationLoop.Outcome outcome = loop.run(OptimisationState.start(Map.of("x", unit)), Map.of(), 2, 2);
            assertEquals(0, outcome.reports().toFloats()[0]);
            assertEquals(4, outcome.reports().shape().elements());
        }
    }
}
