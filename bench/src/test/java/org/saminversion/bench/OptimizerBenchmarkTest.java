package org.saminversion.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.bench.OptimizerBenchmark.Comparison;
import org.saminversion.bench.OptimizerBenchmark.Curves;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.RgbImage;

class OptimizerBenchmarkTest {
    @TempDir
    private Path folder;

    private static final Curves REFERENCE =
            new Curves(0, 2, List.of(new double[] {4, 3, 2, 1}, new double[] {8, 6, 4, 2}));

    @Test
    void countsStepsAndTimeToTheLastLossOfTheReference() {
        Curves quick = new Curves(1, 3, List.of(new double[] {4, 1}, new double[] {2, 1}));
        // 2 steps and 1 step after a second for the start; half as many seconds per step again.
        Comparison comparison = quick.against(REFERENCE);
        assertEquals(new Comparison(1.5, (1 + 1.5 * 3) / (4 * 2), List.of(1.0, 0.5)), comparison);
        assertEquals(0, comparison.endWorse());
    }

    @Test
    void whatNeverGetsThereTakesForever() {
        Curves slow = new Curves(0, 2, List.of(new double[] {4, 3}, new double[] {8, 6}));
        Comparison comparison = slow.against(REFERENCE);
        assertEquals(Double.POSITIVE_INFINITY, comparison.medianStepsToGoal());
        assertEquals(2, comparison.endWorse());
        assertEquals(List.of(3.0, 3.0), comparison.endRatios());
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
            KeptResult<Curves> kept = new KeptResult<>(folder.resolve("curves.json"), Curves.class);
            kept.write("as now", curves);
            assertEquals(Optional.empty(), kept.read("in another way"));
            assertEquals(
                    curves.ratios(curves, 0), kept.read("as now").orElseThrow().ratios(curves, 0));
        }
    }
}
