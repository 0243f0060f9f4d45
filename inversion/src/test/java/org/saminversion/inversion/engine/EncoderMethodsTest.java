package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.inversion.method.Start;

/** What an encoder in the bundle makes possible, with an untrained one. */
class EncoderMethodsTest {
    @Test
    void theHybridGoesOnFromTheCodesOfThePass(@TempDir Path folder) throws IOException {
        try (SamEngine engine =
                SamEngine.open(EncoderBundle.with(folder, EncoderDescription.Kind.COMPACT), EngineOptions.standard())) {
            RgbImage photograph = engine.render(engine.sample(3, 0.7));
            Tensor codes;
            try (InversionRun pass =
                    engine.start(photograph, new InversionSettings("e4e", 0.6, 1, 0), Optional.empty())) {
                List<StepLosses> losses = pass.advance(5);
                assertEquals(1, losses.size());
                assertTrue(losses.get(0).total() > 0);
                codes = pass.latents().wplus();
            }
            try (InversionRun hybrid =
                    engine.start(photograph, new InversionSettings("hybrid", 0.6, 6, 0), Optional.empty())) {
                assertArrayEquals(codes.toFloats(), hybrid.latents().wplus().toFloats());
                List<StepLosses> losses = hybrid.advance(6);
                assertTrue(losses.get(5).total() < losses.get(0).total(), losses.toString());
            }
        }
    }

    @Test
    void theMethodSamStartsWhereItIsTold() {
        try (SamEngine engine = SamEngine.open(EncoderBundle.SHIPPED)) {
            RgbImage photograph = engine.render(engine.sample(3, 0.7));
            Optional<InvertibilityMap> map = Optional.of(engine.measureInvertibility(
                    photograph, new InversionSettings("sam", 0.1, 1, 0), ProgressListener.SILENT));
            List<MethodSettings> starts = List.of(startingAt(0), startingAt(1), startingAt(2), MethodSettings.USUAL);
            double[] losses = new double[starts.size()];
            for (int i = 0; i < losses.length; i++) {
                InversionSettings settings = new InversionSettings("sam", 0.1, 5, 0, starts.get(i));
                try (InversionRun run = engine.start(photograph, settings, map)) {
                    StepLosses first = run.advance(1).get(0);
                    losses[i] = first.mse() + first.lpips();
                }
            }
            assertTrue(losses[1] < losses[0], "style vectors are nearer than the mean");
            assertTrue(losses[2] < losses[1], "and deltas nearer still: " + Arrays.toString(losses));
            assertEquals(losses[2], losses[3], "the nearest is usual");
        }
    }

    private static InversionSettings sam(MethodSettings chosen) {
        return new InversionSettings("sam", 0.6, 5, 0, chosen);
    }

    private static MethodSettings startingAt(double start) {
        return new MethodSettings(Map.of(Start.NAME, start));
    }

    @Test
    void aBundleWithoutAnEncoderSaysSo(@TempDir Path folder) throws IOException {
        try (SamEngine engine = SamEngine.open(EncoderBundle.without(folder), EngineOptions.standard())) {
            for (String method :
                    List.of("hybrid", "e4e", "restyle-psp", "restyle-e4e", "sam-encoder-start", "sam-encoder")) {
                JobFailure.Rejected refused = assertThrows(
                        JobFailure.Rejected.class, () -> engine.check(new InversionSettings(method, 0.6, 5, 0)));
                assertEquals("method-without-encoder", refused.kind());
                assertTrue(refused.getMessage().contains("faces64 has no encoder"), refused.getMessage());
            }
            MethodSettings fromDeltas = startingAt(2);
            JobFailure.Rejected refused = assertThrows(JobFailure.Rejected.class, () -> engine.check(sam(fromDeltas)));
            assertTrue(refused.getMessage().contains("this start of the method sam"), refused.getMessage());
            assertEquals(engine.method(sam(startingAt(0))), engine.method(sam(MethodSettings.USUAL)));
        }
    }

    @Test
    void anEncoderOfAnotherNetworkIsRefused(@TempDir Path folder) throws IOException {
        try (SamEngine engine =
                SamEngine.open(EncoderBundle.with(folder, EncoderDescription.Kind.E4E), EngineOptions.standard())) {
            RgbImage photograph = engine.render(engine.sample(3, 0.7));
            assertThrows(
                    JobFailure.Rejected.class,
                    () -> engine.start(photograph, new InversionSettings("hybrid", 0.6, 6, 0), Optional.empty()));
        }
    }
}
