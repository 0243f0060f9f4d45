package org.saminversion.inversion.training.invertibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.engine.TrialSteps;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

class ErrorMeasurementTest {
    private static final TrialSteps STEPS = new TrialSteps(2, 1);

    private static SamEngine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        engine = SamEngine.open(Path.of("../models/faces64"));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void everyPictureHasTheErrorsThatTheEngineMeasures() {
        ErrorMaps maps = maps(folder);
        List<NamedPicture> pictures = List.of(face(1), face(2), face(3));
        ErrorMeasurement.Outcome outcome = measure(maps, pictures);
        assertEquals(new ErrorMeasurement.Outcome(3, 0, List.of()), outcome);

        RgbImage second = pictures.get(1).source().get();
        SortedMap<LatentSpace, float[]> kept = maps.find(second).orElseThrow();
        SortedMap<LatentSpace, float[]> measured = engine.tryCandidates(
                        List.of(second), STEPS, 0, ProgressListener.SILENT)
                .get(0);
        assertEquals(measured.keySet(), kept.keySet());
        measured.forEach((space, errors) -> {
            for (int i = 0; i < errors.length; i++) {
                assertEquals(errors[i], kept.get(space)[i], 1e-3 * errors[i] + 1e-6, space + " at " + i);
            }
        });
    }

    @Test
    void whatWasMeasuredIsNotMeasuredAgain() {
        ErrorMaps maps = maps(folder);
        measure(maps, List.of(face(1)));
        List<Integer> told = new ArrayList<>();
        ErrorMeasurement.Outcome outcome = measurement(maps, 1).run(List.of(face(1), face(4)), (done, total, loss) -> {
            assertEquals(2, total);
            told.add(done);
        });
        assertEquals(new ErrorMeasurement.Outcome(1, 1, List.of()), outcome);
        assertEquals(List.of(1, 2), told);
    }

    @Test
    void featureSpacesMayBeLeftOutForMostPictures() {
        ErrorMaps maps = maps(folder);
        List<NamedPicture> pictures = List.of(face(1), face(2), face(3), face(4));
        measurement(maps, 3).run(pictures, ProgressListener.SILENT);
        assertEquals(
                List.of(4, 1, 1, 4),
                pictures.stream()
                        .map(picture ->
                                maps.find(picture.source().get()).orElseThrow().size())
                        .toList());

        ErrorMeasurement.Outcome outcome = measure(maps, pictures);
        assertEquals(new ErrorMeasurement.Outcome(2, 2, List.of()), outcome);
    }

    @Test
    void unreadablePicturesAreListed() {
        NamedPicture broken = new NamedPicture("broken.png", "broken", () -> {
            throw new JobFailure.Rejected("image-unreadable", "the file is empty");
        });
        ErrorMeasurement.Outcome outcome = measure(maps(folder), List.of(broken, face(1)));
        assertEquals(new ErrorMeasurement.Outcome(1, 0, List.of("broken.png: the file is empty")), outcome);
    }

    @Test
    void aDiskThatTakesNothingStopsTheRun() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        JobFailure.Transient failure =
                assertThrows(JobFailure.Transient.class, () -> measure(maps(file), List.of(face(1), face(2))));
        assertTrue(failure.getMessage().contains("could not be written"), failure.getMessage());
    }

    private static ErrorMaps maps(Path folder) {
        return new ErrorMaps(folder, engine.bundle(), STEPS.label());
    }

    private static ErrorMeasurement.Outcome measure(ErrorMaps maps, List<NamedPicture> pictures) {
        return measurement(maps, 1).run(pictures, ProgressListener.SILENT);
    }

    private static ErrorMeasurement measurement(ErrorMaps maps, int featuresEvery) {
        return new ErrorMeasurement(
                engine.bundle().description().layout(), ErrorMeasurement.trials(engine, STEPS), maps, featuresEvery, 2);
    }

    private static NamedPicture face(long seed) {
        RgbImage face = engine.render(engine.sample(seed, 0.7));
        return new NamedPicture("face " + seed, "face-" + seed, () -> face);
    }
}
