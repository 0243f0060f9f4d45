package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.Optimizer;
import org.saminversion.inversion.space.LatentSpace;

class QuasiNewtonRunsTest {
    private static final int STEPS = 40;
    private static SamEngine engine;
    private static RgbImage photograph;

    @BeforeAll
    static void open() {
        engine = SamEngine.open(Path.of("../models/faces64"));
        photograph = engine.render(engine.sample(4, 0.8));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static InversionRequest request(String method, Optimizer optimizer) {
        InversionSettings settings = new InversionSettings(method, 0.5, STEPS, 0).descendingAs(optimizer);
        return new InversionRequest(photograph, settings, Optional.empty());
    }

    private static BatchRun start(String method, Optimizer optimizer) {
        return engine.start(List.of(request(method, optimizer)));
    }

    /** A map that puts the right quarter into F4 and all else into W+. */
    private static InvertibilityMap rightQuarterInF4() {
        int side = photograph.width();
        int[] segments = new int[side * side];
        Arrays.setAll(segments, i -> i % side < side * 3 / 4 ? 0 : 1);
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        for (LatentSpace space : engine.bundle().description().candidates()) {
            float[] own = new float[side * side];
            for (int i = 0; i < own.length; i++) {
                own[i] = segments[i] == 1 && space.compareTo(LatentSpace.parse("F4")) < 0 ? 1 : 0;
            }
            errors.put(space, own);
        }
        return new InvertibilityMap(side, side, segments, errors);
    }

    private static double lastLoss(List<StepLosses> losses) {
        return losses.get(losses.size() - 1).total();
    }

    @Test
    void endsLowerThanTheReferenceInAsManySteps() {
        try (BatchRun reference = start("F2", Optimizer.REFERENCE);
                BatchRun quasiNewton = start("F2", Optimizer.QUASI_NEWTON)) {
            double before = lastLoss(reference.advance(STEPS).get(0));
            double after = lastLoss(quasiNewton.advance(STEPS).get(0));
            assertTrue(after < 0.9 * before, after + " after quasi-Newton steps, " + before + " after Adam's");
        }
    }

    @Test
    void aResumedRunEndsAsAnUnbrokenOne() {
        InversionRequest request = request("F4", Optimizer.QUASI_NEWTON);
        try (BatchRun unbroken = engine.start(List.of(request));
                BatchRun first = engine.start(List.of(request))) {
            unbroken.advance(STEPS);
            first.advance(17);
            try (BatchRun second = engine.resume(List.of(request), List.of(first.checkpoint(0)))) {
                second.advance(STEPS);
                assertEquals(unbroken.latents(0), second.latents(0));
            }
        }
    }

    @Test
    void aCheckpointLeavesOutWhatTheMasksLeaveOut() {
        InversionSettings settings = new InversionSettings("sam", 0.5, STEPS, 0).descendingAs(Optimizer.QUASI_NEWTON);
        InversionRequest request = new InversionRequest(photograph, settings, Optional.of(rightQuarterInF4()));
        try (BatchRun unbroken = engine.start(List.of(request));
                BatchRun first = engine.start(List.of(request))) {
            unbroken.advance(STEPS);
            first.advance(17);
            byte[] left = first.checkpoint(0);
            int elements = first.latents(0).deltas().values().stream()
                    .mapToInt(delta -> delta.shape().elements())
                    .sum();
            long whole = 2L * Optimizer.QUASI_NEWTON.descent().memory() * Float.BYTES * elements;
            assertTrue(left.length < 0.6 * whole, left.length + " bytes, the history of all places has " + whole);
            try (BatchRun second = engine.resume(List.of(request), List.of(left))) {
                second.advance(STEPS);
                assertEquals(unbroken.latents(0), second.latents(0));
            }
        }
    }

    @Test
    void aRunLeavesABatchThatHasMoreSpaces() {
        InversionRequest style = request("wplus", Optimizer.QUASI_NEWTON);
        InversionRequest feature = request("F4", Optimizer.QUASI_NEWTON);
        try (BatchRun batch = engine.start(List.of(style, feature))) {
            batch.advance(3);
            byte[] left = batch.checkpoint(0);
            try (BatchRun alone = engine.resume(List.of(style), List.of(left));
                    BatchRun joined = engine.resume(List.of(style, feature), List.of(left, batch.checkpoint(1)))) {
                double goesOn = alone.advance(1).get(0).get(0).total();
                assertEquals(goesOn, joined.advance(1).get(0).get(0).total(), 1e-3 * goesOn);
                Latents latents = joined.latents(0);
                assertTrue(latents.deltas().isEmpty());
            }
        }
    }

    @Test
    void aCheckpointOfTheReferenceIsRefused() {
        try (BatchRun reference = start("F2", Optimizer.REFERENCE)) {
            reference.advance(2);
            byte[] checkpoint = reference.checkpoint(0);
            assertThrows(
                    JobFailure.Rejected.class,
                    () -> engine.resume(List.of(request("F2", Optimizer.QUASI_NEWTON)), List.of(checkpoint)));
        }
    }
}
