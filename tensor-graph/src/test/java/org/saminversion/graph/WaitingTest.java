package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingTest {
    @ParameterizedTest
    @CsvSource({"0, SPIN", "0.4, SPIN", "0.5, SLEEP", "7, SLEEP"})
    void threadsSpinOnlyOnAMachineThatDoesNothingElse(double loadAverage, Waiting expected) {
        assertEquals(expected, Waiting.with(loadAverage));
    }

    @Test
    void threadsSleepWhereTheSystemDoesNotTellItsLoad() {
        assertEquals(Waiting.SLEEP, Waiting.with(-1));
    }

    @ParameterizedTest
    @EnumSource
    void bothComputeTheSame(Waiting waiting) {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        try (Program program = Program.compile(
                graph, Map.of("y", x.add(1)), RuntimeOptions.withThreads(2).waiting(waiting))) {
            Map<String, Tensor> y = program.run(Map.of("x", Tensor.of(Shape.of(2), new float[] {1, 2})));
            assertEquals(Tensor.of(Shape.of(2), new float[] {2, 3}), y.get("y"));
        }
    }
}
