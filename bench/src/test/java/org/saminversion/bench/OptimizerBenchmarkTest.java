package org.saminversion.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.saminversion.bench.OptimizerBenchmark.Comparison;
import org.saminversion.bench.OptimizerBenchmark.Curves;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.RgbImage;

class OptimizerBenchmarkTest {
    private static final Curves REFERENCE =
            new Curves("reference", 2, List.of(new double[] {4, 3, 2, 1}, new double[] {8, 6, 4, 2}));

    @Test
    void countsStepsAndTimeToTheLastLossOfTheReference() {
        Curves quick = new Curves("quick", 3, List.of(new double[] {4, 1}, new double[] {2, 1}));
        // 2 steps and 1 step; half as many seconds per step again; the last losses are 1 of 1 and 1 of 2.
        assertEquals(new Comparison(1.5, 1.5 * 3 / (4 * 2), 0, 0.75), quick.against(REFERENCE));
    }

    @Test
    void whatNeverGetsThereTakesForever() {
        Curves slow = new Curves("slow", 2, List.of(new double[] {4, 3}, new double[] {8, 6}));
        Comparison comparison = slow.against(REFERENCE);
        assertEquals(Double.POSITIVE_INFINITY, comparison.medianStepsToGoal());
        assertEquals(2, comparison.endWorse());
        assertEquals(3, comparison.endRatio());
    }

    @Test
    void followsEachPhotographOfEachGroup() {
        List<String> lines = new ArrayList<>();
        try (SamEngine engine = SamEngine.open(Path.of("../models/faces64"))) {
            InversionSettings settings = new InversionSettings("wplus", 0.5, 5, 0);
            List<InversionRequest> requests = new ArrayList<>();
            for (long seed = 1; seed <= 3; seed++) {
                RgbImage picture = engine.render(engine.sample(seed, 0.7));
                requests.add(new InversionRequest(picture, settings, Optional.empty()));
            }
            Curves curves = new OptimizerBenchmark(System::nanoTime, lines::add)
                    .run(engine, new OptimizerBenchmark.Way("reference", requests), 2);

            assertEquals(List.of("reference: photographs 0 to 1", "reference: photographs 2 to 2"), lines);
            assertEquals(3, curves.losses().size());
            assertEquals(5, curves.steps());
            curves.losses().forEach(curve -> assertTrue(curve[4] < curve[0] && curve[4] > 0));
            assertTrue(curves.secondsPerStep() > 0);
        }
    }
}
