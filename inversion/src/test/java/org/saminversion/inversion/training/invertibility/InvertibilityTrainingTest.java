package org.saminversion.inversion.training.invertibility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.MapRun;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.Training;
import org.saminversion.inversion.training.TrainingListener;
import org.saminversion.inversion.training.TrainingLog;
import org.saminversion.inversion.training.TrainingSettings;

/** Learning on pictures of {@link TwoBrightnesses}. */
class InvertibilityTrainingTest {
    private static final int SIDE = TwoBrightnesses.SIDE;
    private static final TrainingSettings SETTINGS = new TrainingSettings(12, 2, 4, 9);

    @TempDir
    private Path folder;

    @Test
    void aStoppedTrainingEndsWithTheSameNetwork() throws IOException {
        ModelBundle unbroken = TwoBrightnesses.bundle(folder.resolve("unbroken"));
        train(unbroken, entry -> {});
        List<TrainingLog.Entry> log =
                TrainingLog.read(folder.resolve("unbroken-work").resolve(Training.LOG));
        assertTrue(log.get(log.size() - 1).loss() < 0.8 * log.get(0).loss(), log::toString);

        ModelBundle broken = TwoBrightnesses.bundle(folder.resolve("broken"));
        assertThrows(
                IllegalStateException.class,
                () -> train(broken, entry -> {
                    if (entry.step() == 6) {
                        throw new IllegalStateException("killed");
                    }
                }));
        train(broken, entry -> {});
        assertArrayEquals(network(unbroken), network(broken));
    }

    @Test
    void aBundleWithANetworkPredictsItsMapsUnlessTheyShallBeMeasured() {
        ModelBundle trained = train(TwoBrightnesses.bundle(folder.resolve("trained")), entry -> {});
        assertEquals(
                InvertibilityDescription.Kind.COMPACT,
                trained.description().invertibility().orElseThrow().kind());
        assertEquals(BundleReader.open(trained.folder()).description(), trained.description());
        try (SamEngine engine = SamEngine.open(trained.folder())) {
            RgbImage picture = TwoBrightnesses.samples().pictures().get(0);
            MapRun predicted = engine.startMap(picture, settings(MethodSettings.USUAL));
            assertEquals(1, predicted.steps());
            predicted.advance(1);
            SortedMap<LatentSpace, float[]> errors = predicted.map().errors();
            assertEquals(engine.predictErrors(picture).keySet(), errors.keySet());
            assertArrayEquals(engine.predictErrors(picture).get(LatentSpace.W_PLUS), errors.get(LatentSpace.W_PLUS));
            assertTrue(errors.get(LatentSpace.W_PLUS)[0] > errors.get(LatentSpace.W_PLUS)[SIDE - 1]);

            MapRun measured = engine.startMap(picture, settings(new MethodSettings(Map.of(MapSource.NAME, 1.0))));
            assertTrue(measured.steps() > 1);
        }
    }

    @Test
    void aFewPicturesAreTooFew() {
        ErrorSamples few = TwoBrightnesses.samples().subset(List.of(0, 1, 2));
        JobFailure.Rejected refusal = assertThrows(
                JobFailure.Rejected.class,
                () -> new InvertibilityTraining(
                                TwoBrightnesses.bundle(folder.resolve("few")), 1, RuntimeOptions.withThreads(1))
                        .run(few, SETTINGS, folder.resolve("few-work"), Clock.systemUTC(), entry -> {}));
        assertTrue(refusal.getMessage().contains("at least 10"), refusal.getMessage());
    }

    @Test
    void aBundleWithoutItsPerceptualNetworkIsRefused() throws IOException {
        ModelBundle bundle = TwoBrightnesses.bundle(folder.resolve("blind"));
        Files.delete(bundle.file("perceptual.safetensors"));
        JobFailure.Rejected refusal = assertThrows(JobFailure.Rejected.class, () -> train(bundle, entry -> {}));
        assertTrue(refusal.getMessage().contains("perceptual.safetensors"), refusal.getMessage());
    }

    @Test
    void meanMapsAreSymmetricAndKnowOnlyWhatWasMeasured() {
        SortedMap<LatentSpace, float[]> means = TwoBrightnesses.samples().meanMaps();
        float[] ofW = means.get(LatentSpace.W_PLUS);
        for (int x = 0; x < SIDE; x++) {
            assertEquals(ofW[x], ofW[SIDE - 1 - x], 1e-6);
        }
        assertEquals(4, means.size());
    }

    private ModelBundle train(ModelBundle bundle, TrainingListener listener) {
        return new InvertibilityTraining(bundle, 1, RuntimeOptions.withThreads(1))
                .run(
                        TwoBrightnesses.samples(),
                        SETTINGS,
                        bundle.folder().resolveSibling(bundle.folder().getFileName() + "-work"),
                        Clock.systemUTC(),
                        listener);
    }

    private static byte[] network(ModelBundle bundle) throws IOException {
        return Files.readAllBytes(bundle.folder().resolve(InvertibilityTraining.FILE));
    }

    private static InversionSettings settings(MethodSettings chosen) {
        return new InversionSettings("sam", 0.5, 10, 0, chosen);
    }
}
