package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.MethodSettings;

/** Projection and pivotal tuning on the bundle that ships: they improve, go on with the same bits, and render from their files. */
class MethodRunsTest {
    private static final int STEPS = 8;
    private static SamEngine engine;
    private static RgbImage photograph;

    @BeforeAll
    static void open() {
        engine = SamEngine.open(EncoderBundle.SHIPPED);
        photograph = engine.render(engine.sample(3, 0.7));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static InversionSettings settings(String method, Map<String, Double> chosen) {
        return new InversionSettings(method, 0.6, STEPS, 5, new MethodSettings(chosen));
    }

    private static InversionRun start(InversionSettings settings) {
        return engine.start(photograph, settings, Optional.empty());
    }

    private static Latents finished(InversionRun run) {
        while (run.step() < run.steps()) {
            run.advance(3);
        }
        return run.latents();
    }

    /** The steps are divided in another way, and stored and read in between. */
    private static void assertGoesOnWithTheSameBits(InversionSettings settings, int until) {
        Latents whole = finished(start(settings));
        InversionRun first = start(settings);
        first.advance(until);
        Latents resumed = finished(engine.resume(photograph, settings, Optional.empty(), first.checkpoint()));
        assertArrayEquals(
                LatentFile.toBytes(whole, LatentFile.Precision.FULL),
                LatentFile.toBytes(resumed, LatentFile.Precision.FULL));
    }

    private static void assertRendersFromItsFile(Latents latents) {
        Latents read = LatentFile.parse(LatentFile.toBytes(latents, LatentFile.Precision.FULL), "latents");
        assertArrayEquals(
                engine.generate(latents).toFloats(), engine.generate(read).toFloats());
    }

    private static Latents without(Latents latents) {
        return new Latents(latents.wplus(), new TreeMap<>(), new TreeMap<>(), latents.provenance());
    }

    @Test
    void theProjectorBringsItsNoise() {
        InversionSettings settings = settings("stylegan2-w", Map.of());
        Latents latents = finished(start(settings));
        assertFalse(latents.noise().isEmpty());
        assertRendersFromItsFile(latents);
        assertNotEquals(
                engine.generate(latents).toFloats()[100],
                engine.generate(without(latents)).toFloats()[100]);
        assertGoesOnWithTheSameBits(settings, 4);
    }

    @Test
    void pivotalTuningBringsItsGenerator() {
        InversionSettings settings = settings("pivotal-tuning", Map.of("pivot-share", 0.5, "learning-rate", 0.002));
        InversionRun run = start(settings);
        run.advance(4);
        double untuned =
                engine.quality(photograph, engine.render(run.latents())).psnrDecibel();
        Latents latents = finished(run);
        assertFalse(latents.weightChanges().isEmpty());
        assertTrue(latents.noise().isEmpty());
        double tuned = engine.quality(photograph, engine.render(latents)).psnrDecibel();
        assertTrue(tuned > untuned, untuned + " dB to " + tuned + " dB");
        assertRendersFromItsFile(latents);
        assertGoesOnWithTheSameBits(settings, 2);
        assertGoesOnWithTheSameBits(settings, 6);
    }

    @Test
    void pivotalTuningEndsWhenThePhotographIsNear() {
        InversionRun run = start(settings("pivotal-tuning", Map.of("pivot-share", 0.5, "lpips-stop", 100.0)));
        run.advance(4);
        Latents pivot = run.latents();
        assertEquals(1, run.advance(4).size());
        assertEquals(STEPS, run.step());
        assertArrayEquals(
                engine.generate(pivot).toFloats(),
                engine.generate(run.latents()).toFloats());
    }

    @Test
    void weightsOfAnotherGeneratorAreRefused() {
        Latents sample = engine.sample(1, 0.5);
        Latents foreign = new Latents(
                sample.wplus(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(Map.of("synthesis.b512.const", sample.wplus())),
                sample.provenance());
        JobFailure.Rejected refused = assertThrows(JobFailure.Rejected.class, () -> engine.generate(foreign));
        assertTrue(refused.getMessage().contains("synthesis.b512.const"), refused.getMessage());
    }

    @Test
    void settingsAreCheckedByNameAndRange() {
        for (Map<String, Double> wrong : List.of(Map.of("learning-rate", -1.0), Map.of("learning-rate", Double.NaN))) {
            JobFailure.Rejected refused =
                    assertThrows(JobFailure.Rejected.class, () -> engine.check(settings("gaussian-prior", wrong)));
            assertEquals("parameter-out-of-range", refused.kind());
        }
        JobFailure.Rejected unknown = assertThrows(
                JobFailure.Rejected.class, () -> engine.check(settings("stylegan2-w", Map.of("speed", 1.0))));
        assertEquals("setting-unknown", unknown.kind());
        assertTrue(unknown.getMessage().contains("noise-regulariser"), unknown.getMessage());
    }

    @Test
    void photographsOfDifferentMethodsDoNotShareAProgram() {
        InversionRequest first = new InversionRequest(photograph, settings("stylegan2-w", Map.of()), Optional.empty());
        InversionRequest second =
                new InversionRequest(photograph, settings("gaussian-prior", Map.of()), Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> engine.start(List.of(first, second)));
    }
}
