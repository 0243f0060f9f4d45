package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The segmenter worker is killed in the middle of a measured map, which takes seconds with the networks of faces64. */
class KilledSegmenterIT {
    private static final Duration MAP_MOST = Duration.ofSeconds(60);
    /** More than a map that is begun anew tells of first. */
    private static final double SAVED_LEAST = 0.2;

    private static final Caller.Order ORDER = new Caller.Order("faces64", "sam", 20, 1, Map.of("measured-map", 1.0));

    @Test
    void theNextOneGoesOnWithTheMapWhereItWasSaved() throws Exception {
        try (Scene scene = Scene.start("killed-segmenter", 1)) {
            scene.cluster().addBundle("faces64");
            assertEquals(202, scene.submit(ORDER));
            ServerProcess worker = scene.cluster().process(Scene.segmenter(0));
            Patience.until(
                    MAP_MOST, "the map has a checkpoint", () -> scene.audit().savedMap() > SAVED_LEAST);
            worker.freeze();
            Patience.pause(Duration.ofMillis(100));
            double saved = scene.audit().savedMap();
            long version = scene.audit().version();
            assertEquals(Map.of("MAPPING", 1L), scene.audit().jobsByState(), "the map was not done yet");
            worker.kill();
            scene.cluster().start(Scene.segmenter(0));

            scene.awaitAllFinished(Duration.ofMinutes(2));
            double next = scene.audit().firstOfMapAfter(version);
            assertTrue(next > saved, () -> "saved at " + saved + ", but the next report was of " + next);
            assertEquals(202, scene.submit(ORDER));
            scene.awaitAllFinished(Duration.ofMinutes(2));
            scene.assertNothingLostAndNothingTwice();
            scene.tell(
                    String.format(
                            Locale.ROOT,
                            "a segmenter worker was killed with %.0f %% of a measured map saved, and the next went on"
                                    + " from there; bit for bit the result of an unbroken run",
                            100 * saved),
                    Map.of("map_saved", saved, "map_next_report", next, "equal_to_an_unbroken_run", true));
        }
    }
}
