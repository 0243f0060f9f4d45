package org.saminversion.inversion.training.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.EncoderQuality;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.EncoderBundle;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.InversionRun;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.Training;
import org.saminversion.inversion.training.TrainingLog;
import org.saminversion.inversion.training.TrainingSettings;

/** A few steps of both trainings on the bundle that ships, and the method that they make possible. */
class EncoderTrainingTest {
    private static final int IMAGES = 12;
    private static final TrainingSettings SHORT = new TrainingSettings(4, 2, 4, 3);

    @TempDir
    private static Path folder;

    private static final List<RgbImage> PICTURES = new ArrayList<>();

    @BeforeAll
    static void samplesAreThePictures() throws IOException {
        EncoderBundle.without(folder.resolve("bundle"));
        try (SamEngine engine = SamEngine.open(folder.resolve("bundle"))) {
            for (int i = 0; i < IMAGES; i++) {
                PICTURES.add(engine.render(engine.sample(i, 0.7)));
            }
        }
    }

    private static ModelBundle train(TrainedKind kind) {
        ModelBundle bundle = BundleReader.open(folder.resolve("bundle"));
        return new EncoderTraining(bundle, EngineOptions.standard(), 1)
                .run(kind, PICTURES, SHORT, folder.resolve(kind.name()), Clock.systemUTC(), entry -> {});
    }

    @Test
    void deltasComeAfterStyleVectorsAndMakeTheOnePassMethodPossible() {
        train(TrainedKind.E4E);
        ModelBundle bundle = train(TrainedKind.SAM);
        for (EncoderDescription encoder : bundle.description().encoders()) {
            EncoderQuality quality = encoder.quality().orElseThrow();
            assertEquals(1, quality.photographs(), "a twentieth of 12 images, but at least one");
            assertTrue(quality.psnrDecibel() > 5 && quality.lpips() > 0, quality.toString());
        }
        assertEquals(
                2, TrainingLog.read(folder.resolve("SAM").resolve(Training.LOG)).size());
        try (SamEngine engine = SamEngine.open(bundle.folder())) {
            RgbImage photograph = PICTURES.get(0);
            InversionSettings settings = new InversionSettings("sam-encoder", 0.5, 1, 0);
            try (InversionRun run = engine.start(photograph, settings, Optional.of(halves(photograph)))) {
                run.advance(1);
                byte[] checkpoint = run.checkpoint();
                Latents latents = run.latents();
                assertEquals(List.of("F2"), names(latents));
                try (InversionRun resumed =
                        engine.resume(photograph, settings, Optional.of(halves(photograph)), checkpoint)) {
                    assertEquals(latents.deltas(), resumed.latents().deltas());
                }
            }
        }
    }

    @Test
    void networksOfPhotographsAloneTakeThePlacesOfPspAndReStyle(@TempDir Path other) throws IOException {
        ModelBundle bundle = EncoderBundle.without(other.resolve("bundle"));
        for (TrainedKind kind : List.of(TrainedKind.PSP, TrainedKind.RESTYLE)) {
            bundle = new EncoderTraining(bundle, EngineOptions.standard(), 1)
                    .run(
                            kind,
                            PICTURES,
                            new TrainingSettings(1, 1, 1, 1),
                            other.resolve(kind.name()),
                            Clock.systemUTC(),
                            entry -> {});
        }
        try (SamEngine engine = SamEngine.open(bundle.folder())) {
            for (String method : List.of("e4e", "restyle-psp")) {
                InversionSettings settings = new InversionSettings(method, 0.5, 2, 0);
                try (InversionRun run = engine.start(PICTURES.get(0), settings, Optional.empty())) {
                    run.advance(1);
                    Latents first = run.latents();
                    run.advance(1);
                    boolean again = method.equals("restyle-psp");
                    assertEquals(again, !first.wplus().equals(run.latents().wplus()), method);
                }
            }
        }
    }

    private static List<String> names(Latents latents) {
        return latents.deltas().keySet().stream().map(LatentSpace::toString).toList();
    }

    /** The left half can be inverted into W+, the right one into F2. */
    private static InvertibilityMap halves(RgbImage photograph) {
        int[] segments = new int[photograph.width() * photograph.height()];
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        for (String space : List.of("W+", "F2", "F4", "F6")) {
            errors.put(LatentSpace.parse(space), new float[segments.length]);
        }
        for (int i = 0; i < segments.length; i++) {
            segments[i] = i % photograph.width() < photograph.width() / 2 ? 0 : 1;
            errors.get(LatentSpace.W_PLUS)[i] = segments[i];
        }
        return new InvertibilityMap(photograph.width(), photograph.height(), segments, errors);
    }

    @Test
    void deltasWithoutAnEncoderOfStyleVectorsAreRefused(@TempDir Path other) throws IOException {
        EncoderTraining training = new EncoderTraining(EncoderBundle.without(other), EngineOptions.standard(), 1);
        JobFailure.Rejected refused = assertThrows(
                JobFailure.Rejected.class,
                () -> training.run(
                        TrainedKind.SAM, PICTURES, SHORT, other.resolve("t"), Clock.systemUTC(), entry -> {}));
        assertTrue(refused.getMessage().contains("--kind e4e first"), refused.getMessage());
    }
}
