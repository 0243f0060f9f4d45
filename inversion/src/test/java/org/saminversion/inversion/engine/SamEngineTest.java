package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.space.LayerRange;

/** The engine on the bundle that ships, with a picture that the generator did not make: a sample with a stripe across it. */
class SamEngineTest {
    private static final int STEPS = 12;
    private static SamEngine engine;
    private static RgbImage photograph;

    @BeforeAll
    static void open() {
        engine = SamEngine.open(Path.of("../models/faces64"));
        RgbImage sample = engine.render(engine.sample(3, 0.7));
        byte[] pixels = sample.pixels().clone();
        for (int y = 40; y < 50; y++) {
            for (int x = 0; x < 64; x++) {
                byte value = (byte) ((x / 4 + y / 2) % 2 == 0 ? 230 : 20);
                int at = 3 * (y * 64 + x);
                pixels[at] = value;
                pixels[at + 1] = value;
                pixels[at + 2] = value;
            }
        }
        photograph = new RgbImage(64, 64, pixels);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static InversionSettings settings(String method, double tau) {
        return new InversionSettings(method, tau, STEPS, 5);
    }

    private static Latents invert(InversionSettings settings, Optional<InvertibilityMap> map) {
        try (InversionRun run = engine.start(photograph, settings, map)) {
            while (run.step() < run.steps()) {
                run.advance(5);
            }
            return run.latents();
        }
    }

    /** The left half easy for W+, the right half only for F4. */
    private static InvertibilityMap halves() {
        int[] segments = new int[64 * 64];
        TreeMap<LatentSpace, float[]> errors = new TreeMap<>();
        for (LatentSpace space : engine.bundle().description().candidates()) {
            errors.put(space, new float[64 * 64]);
        }
        for (int i = 0; i < segments.length; i++) {
            segments[i] = i % 64 / 32;
            for (LatentSpace space : errors.keySet()) {
                errors.get(space)[i] = segments[i] == 1 && space.layer() < 4 ? 0.9f : 0.1f;
            }
        }
        return new InvertibilityMap(64, 64, segments, errors);
    }

    @Test
    void measuresThatLaterSpacesReconstructBetter() {
        List<Integer> progress = new ArrayList<>();
        InversionSettings measured =
                new InversionSettings("sam", 0.5, 1, 0, new MethodSettings(Map.of(MapSource.NAME, 1.0)));
        InvertibilityMap map = engine.measureInvertibility(photograph, measured, (done, total, loss) -> {
            assertTrue(done <= total && loss > 0);
            progress.add(done);
        });
        Map<LatentSpace, Double> means = new TreeMap<>();
        map.errors().forEach((space, errors) -> {
            double sum = 0;
            for (float error : errors) {
                sum += error;
            }
            means.put(space, sum / errors.length);
        });
        List<Double> inOrder = new ArrayList<>(means.values());
        for (int i = 1; i < inOrder.size(); i++) {
            assertTrue(inOrder.get(i) < inOrder.get(i - 1), "mean errors by space: " + means);
        }
        assertTrue(map.refine(0.5).choices().size() > 1);
        assertTrue(progress.size() > 1);
    }

    @Test
    void theSameSeedGivesTheSameLatents() {
        InversionSettings settings = settings("sam", 0.5);
        assertEquals(invert(settings, Optional.of(halves())), invert(settings, Optional.of(halves())));
    }

    @Test
    void aResumedRunEndsAsAnUnbrokenOne() {
        InversionSettings settings = settings("sam", 0.5);
        Latents unbroken = invert(settings, Optional.of(halves()));
        byte[] checkpoint;
        try (InversionRun run = engine.start(photograph, settings, Optional.of(halves()))) {
            run.advance(7);
            checkpoint = run.checkpoint();
        }
        try (InversionRun run = engine.resume(photograph, settings, Optional.of(halves()), checkpoint)) {
            assertEquals(7, run.step());
            assertEquals(STEPS - 7, run.advance(100).size());
            assertEquals(unbroken, run.latents());
        }
    }

    @Test
    void aCheckpointOfAnotherJobIsRefused() {
        InversionSettings shorter = new InversionSettings("wplus", 0.5, 3, 0);
        try (InversionRun run = engine.start(photograph, settings("wplus", 0.5), Optional.empty())) {
            run.advance(7);
            byte[] checkpoint = run.checkpoint();
            JobFailure.Rejected refused = assertThrows(
                    JobFailure.Rejected.class, () -> engine.resume(photograph, shorter, Optional.empty(), checkpoint));
            assertTrue(refused.getMessage().contains("7 of 3"), refused.getMessage());
        }
    }

    @Test
    void onlySpacesInUseAreKept() {
        assertEquals(
                List.of(LatentSpace.parse("F4")),
                List.copyOf(invert(settings("sam", 0.5), Optional.of(halves()))
                        .deltas()
                        .keySet()));
        assertEquals(Map.of(), invert(settings("wplus", 0.5), Optional.empty()).deltas());
        assertEquals(
                List.of(LatentSpace.parse("F2")),
                List.copyOf(
                        invert(settings("f2", 0.5), Optional.empty()).deltas().keySet()));
    }

    @Test
    void theLossFallsAndIsReportedForEveryStep() {
        try (InversionRun run = engine.start(photograph, settings("wplus", 0.5), Optional.empty())) {
            List<StepLosses> losses = run.advance(100);
            assertEquals(STEPS, losses.size());
            assertEquals(STEPS - 1, losses.get(STEPS - 1).step());
            assertTrue(losses.get(STEPS - 1).total() < 0.8 * losses.get(0).total(), losses.toString());
            StepLosses first = losses.get(0);
            assertEquals(
                    first.mse()
                            + first.lpips()
                            + 1e-8 * first.gaussianPrior()
                            + 1e-3 * first.styleSpread()
                            + 5 * first.featureNorm(),
                    first.total(),
                    1e-5 * first.total());
        }
    }

    @Test
    void anEditOfStrengthZeroIsTheReconstructionWhereMasksAreHard() {
        Latents latents = invert(settings("F4", 0.5), Optional.empty());
        assertEquals(engine.render(latents), engine.edit(latents, List.of(new EditRequest("smile", 0))));
        assertNotEquals(engine.render(latents), engine.edit(latents, List.of(new EditRequest("smile", 2))));
    }

    @Test
    void editsAddUp() {
        Latents latents = engine.sample(8, 0.6);
        RgbImage once = engine.edit(latents, List.of(new EditRequest("smile", 1)));
        RgbImage halves = engine.edit(latents, List.of(new EditRequest("smile", 0.5), new EditRequest("smile", 0.5)));
        assertTrue(engine.quality(once, halves).psnrDecibel() > 50);
    }

    @Test
    void editsOfSomeLayersAddUpToTheEditOfAll() {
        Latents latents = engine.sample(8, 0.6);
        RgbImage all = engine.edit(latents, List.of(new EditRequest("smile", 1)));
        RgbImage coarse = engine.edit(latents, List.of(new EditRequest("smile", 1, new LayerRange(0, 3))));
        RgbImage both = engine.edit(
                latents,
                List.of(
                        new EditRequest("smile", 1, new LayerRange(0, 3)),
                        new EditRequest("smile", 1, new LayerRange(3, latents.styles()))));
        assertNotEquals(all, coarse);
        assertEquals(all, both);
    }

    @Test
    void qualityKnowsEqualPicturesFromOthers() {
        RgbImage other = engine.render(engine.sample(4, 0.7));
        assertEquals(0, engine.quality(photograph, photograph).lpips(), 1e-6);
        assertTrue(engine.quality(photograph, other).lpips() > 0.1);
        assertTrue(engine.quality(photograph, other).psnrDecibel() < 25);
    }

    @Test
    void nonsenseIsRefusedWithWhatThereIs() {
        JobFailure.Rejected method = assertThrows(JobFailure.Rejected.class, () -> engine.check(settings("F10", 0.5)));
        assertTrue(method.getMessage().contains("wplus, F2, F4, F6"), method.getMessage());
        JobFailure.Rejected direction =
                assertThrows(JobFailure.Rejected.class, () -> engine.check(new EditRequest("smlie", 1)));
        assertTrue(direction.getMessage().contains("smile"), direction.getMessage());
        for (double strength : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 21}) {
            assertThrows(JobFailure.Rejected.class, () -> engine.check(new EditRequest("smile", strength)));
        }
        for (double tau : new double[] {Double.NaN, -0.1, 3}) {
            assertThrows(JobFailure.Rejected.class, () -> settings("sam", tau));
        }
        Latents foreign = new Latents(Tensor.zeros(Shape.of(1, 14, 512)), new TreeMap<>(), new TreeMap<>(), Map.of());
        assertThrows(JobFailure.Rejected.class, () -> engine.render(foreign));
    }
}
