package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.latent.Latents;

/** Photographs in one program end as they do alone, up to the order of additions in ONNX Runtime. */
class BatchRunTest {
    private static final int STEPS = 10;
    /** Of the loss, before Adam has moved anything: rounding, and which convolutions use Winograd, differ. */
    private static final double FIRST_LOSS_TOLERANCE = 1e-5;
    /**
     * Of the loss: where a gradient is close to zero, Adam's quotient turns its rounding into a step. One pixel that is one level
     * brighter changes the loss of a photograph alone by 2 % after eight steps.
     */
    private static final double LOSS_TOLERANCE = 0.1;
    /** Of a latent, root of the mean square; ten steps move a latent by up to 0.4. */
    private static final double LATENT_TOLERANCE = 4e-2;

    private static SamEngine engine;
    private static List<InversionRequest> requests;

    @BeforeAll
    static void open() {
        engine = SamEngine.open(Path.of("../models/faces64"));
        requests = List.of(request(3, "F4"), request(4, "wplus"));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static InversionRequest request(long seedOfPicture, String method) {
        RgbImage picture = engine.render(engine.sample(seedOfPicture, 0.7));
        return new InversionRequest(picture, new InversionSettings(method, 0.5, STEPS, 0), Optional.empty());
    }

    private static InversionRun alone(int photograph) {
        InversionRequest request = requests.get(photograph);
        return engine.start(request.photograph(), request.settings(), request.map());
    }

    private static void assertClose(Latents expected, Latents actual) {
        assertEquals(expected.provenance(), actual.provenance());
        assertEquals(expected.masks(), actual.masks());
        assertClose(expected.wplus(), actual.wplus());
        assertEquals(expected.deltas().keySet(), actual.deltas().keySet());
        expected.deltas()
                .forEach((space, delta) -> assertClose(delta, actual.deltas().get(space)));
    }

    /** The root of the mean squared difference. */
    private static void assertClose(Tensor expected, Tensor actual) {
        float[] wanted = expected.toFloats();
        float[] found = actual.toFloats();
        double sum = 0;
        for (int i = 0; i < wanted.length; i++) {
            sum += Math.pow(wanted[i] - found[i], 2);
        }
        assertEquals(0, Math.sqrt(sum / wanted.length), LATENT_TOLERANCE);
    }

    @Test
    void eachEndsAsAlone() {
        try (BatchRun batch = engine.start(requests)) {
            List<List<StepLosses>> losses = batch.advance(STEPS);
            assertEquals(2, batch.size());
            assertEquals(STEPS, batch.step());
            for (int photograph = 0; photograph < 2; photograph++) {
                try (InversionRun alone = alone(photograph)) {
                    List<StepLosses> expected = alone.advance(STEPS);
                    for (int step = 0; step < STEPS; step++) {
                        double total = expected.get(step).total();
                        double tolerance = step == 0 ? FIRST_LOSS_TOLERANCE : LOSS_TOLERANCE;
                        assertEquals(
                                total,
                                losses.get(photograph).get(step).total(),
                                tolerance * total,
                                "photograph " + photograph + " at step " + step);
                    }
                    assertClose(alone.latents(), batch.latents(photograph));
                }
            }
        }
    }

    @Test
    void runsLeaveAndJoinBatches() {
        byte[] left;
        byte[] single;
        try (BatchRun batch = engine.start(requests);
                InversionRun alone = alone(1)) {
            batch.advance(6);
            left = batch.checkpoint(0);
            alone.advance(6);
            single = alone.checkpoint();
        }
        InversionRequest first = requests.get(0);
        try (InversionRun alone = engine.resume(first.photograph(), first.settings(), first.map(), left);
                BatchRun joined = engine.resume(requests, List.of(left, single));
                InversionRun unbroken = alone(0)) {
            assertEquals(STEPS - 6, alone.advance(STEPS).size());
            assertEquals(STEPS - 6, joined.advance(STEPS).get(1).size());
            unbroken.advance(STEPS);
            assertClose(unbroken.latents(), alone.latents());
            assertClose(unbroken.latents(), joined.latents(0));
        }
    }

    @Test
    void whatCannotShareAProgramIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> engine.start(List.of()));
        InversionRequest longer = new InversionRequest(
                requests.get(0).photograph(), new InversionSettings("wplus", 0.5, STEPS + 1, 0), Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> engine.start(List.of(requests.get(0), longer)));
        try (BatchRun early = engine.start(requests);
                BatchRun late = engine.start(requests)) {
            late.advance(1);
            List<byte[]> mixed = List.of(early.checkpoint(0), late.checkpoint(1));
            JobFailure.Rejected refused = assertThrows(JobFailure.Rejected.class, () -> engine.resume(requests, mixed));
            assertEquals("checkpoint-invalid", refused.kind());
        }
    }
}
