package org.saminversion.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Waiting;

class EngineBenchmarkTest {
    @Test
    void timesTheSmallLayout() {
        List<String> lines = new ArrayList<>();
        EngineBenchmark.Result result = new EngineBenchmark(System::nanoTime, lines::add)
                .run(new EngineBenchmark.Plan(64, 1, 4, 2, Waiting.SLEEP, 2, 2, Optional.empty()));
        assertEquals(2, lines.size());
        assertTrue(result.fastest() > 0 && result.fastest() <= result.secondsPerStep());
        assertTrue(result.gigaflops() > 0 && result.gemmPeakGigaflops() > 0);
        assertTrue(result.ratio().isEmpty());
        assertEquals(
                List.of("start", "weights", "program", "first step", "further steps"),
                result.memory().stream().map(MemoryStage::name).toList());
    }

    /** 0.9 billion multiplications forward, counted by hand from the layers of the 64-pixel layout. */
    @Test
    void countsTheWorkThatTheMathematicsNeeds() {
        assertEquals(3.6e9, UsefulWork.operations(BenchmarkLayout.of(64)), 0.3e9);
        double large = UsefulWork.operations(BenchmarkLayout.of(512));
        assertTrue(large > 250e9 && large < 500e9, "operations at 512 pixels: " + large);
    }

    @Test
    void theResultNamesTheMachineButNotTheHost() {
        EngineBenchmark.Plan plan = new EngineBenchmark.Plan(64, 1, 4, 2, Waiting.SPIN, 10, 3, Optional.empty());
        EngineBenchmark.Result result = new EngineBenchmark.Result(
                plan,
                0.03,
                0.02,
                0.05,
                OptionalDouble.of(0.12),
                OptionalDouble.of(0.25),
                118,
                200,
                List.of(new MemoryStage("start", 90, 120, 40, 10), new MemoryStage("program", 250, 300, 60, 20)),
                OptionalDouble.of(320),
                1.5);
        assertEquals(
                "{\"size\":64,\"batch\":1,\"spaces\":4,\"threads\":2,\"waiting\":\"spin\",\"blocks\":10,\"steps_per_block\":3,"
                        + "\"seconds_per_step\":0.03,\"seconds_per_step_min\":0.02,\"seconds_per_step_max\":0.05,"
                        + "\"peer_seconds_per_step\":0.12,\"ratio\":0.25,\"gflops\":118.0,\"gemm_peak_gflops\":200.0,"
                        + "\"peak_rss_mib\":300.0,\"memory\":[{\"stage\":\"start\",\"resident_mib\":90.0,\"peak_mib\":120.0,"
                        + "\"java_heap_mib\":40.0,\"java_direct_mib\":10.0},{\"stage\":\"program\",\"resident_mib\":250.0,"
                        + "\"peak_mib\":300.0,\"java_heap_mib\":60.0,\"java_direct_mib\":20.0}],"
                        + "\"peer_peak_rss_mib\":320.0,\"compile_seconds\":1.5,"
                        + "\"machine\":{\"processor\":\"P\",\"cores\":2,\"memory_mib\":1024,\"system\":\"S\","
                        + "\"java\":\"17\",\"onnx_runtime\":\"1.23\"}}",
                ResultJson.of(result, new Machine("P", 2, 1024, "S", "17", "1.23"))
                        .toString());
        assertTrue(Machine.here().cores() > 0);
    }

    @Test
    void otherSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> BenchmarkLayout.of(96));
    }
}
