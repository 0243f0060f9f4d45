package org.saminversion.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.saminversion.bench.ImagesBenchmark.Way;
import org.saminversion.graph.Waiting;

class ImagesBenchmarkTest {
    private static final Machine MACHINE = new Machine("P", 2, 1024, "S", "17", "1.23");

    @Test
    void evenNumbersOfImagesAreAlsoSharedAmongTwoPrograms() {
        ImagesBenchmark.Plan plan = new ImagesBenchmark.Plan(64, List.of(1, 2, 8), 2, Waiting.SLEEP, 1, 1);
        assertEquals(
                List.of(new Way(1, 1, 2), new Way(1, 2, 2), new Way(2, 1, 1), new Way(1, 8, 2), new Way(2, 4, 1)),
                plan.ways());
    }

    @Test
    void everyWayIsTimedInEveryBlock() {
        List<String> lines = new ArrayList<>();
        ImagesBenchmark.Plan plan = new ImagesBenchmark.Plan(64, List.of(2), 2, Waiting.SLEEP, 2, 1);
        List<ImagesBenchmark.Result> results = new ImagesBenchmark(System::nanoTime, lines::add).run(plan);
        assertEquals(4, lines.size());
        assertEquals(
                plan.ways(), results.stream().map(ImagesBenchmark.Result::way).toList());
        assertEquals(1, results.get(0).ratio());
        results.forEach(result -> assertTrue(result.fastest() > 0 && result.fastest() <= result.secondsPerImageStep()));
    }

    @Test
    void theResultNamesTheWays() {
        ImagesBenchmark.Plan plan = new ImagesBenchmark.Plan(64, List.of(2), 2, Waiting.SPIN, 10, 3);
        assertEquals(
                "{\"size\":64,\"waiting\":\"spin\",\"blocks\":10,\"steps_per_block\":3,\"ways\":[{\"programs\":2,\"batch\":1,"
                        + "\"threads\":1,\"seconds_per_image_step\":0.02,\"seconds_per_image_step_min\":0.01,"
                        + "\"seconds_per_image_step_max\":0.03,\"ratio_to_first\":0.8}],\"machine\":{\"processor\":\"P\","
                        + "\"cores\":2,\"memory_mib\":1024,\"system\":\"S\",\"java\":\"17\",\"onnx_runtime\":\"1.23\"}}",
                ResultJson.of(
                                plan,
                                List.of(new ImagesBenchmark.Result(new Way(2, 1, 1), 0.02, 0.01, 0.03, 0.8)),
                                MACHINE)
                        .toString());
    }
}
