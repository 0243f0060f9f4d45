package org.saminversion.inversion.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

class TrainingTest {
    private static final int STEPS = 24;

    private static Map<String, Tensor> train(Path folder, TrainingListener listener) {
        try (BrightnessTask task = new BrightnessTask(0.01)) {
            return new Training(task, new TrainingSettings(STEPS, 4, 8, 9), folder, Clock.systemUTC(), listener).run();
        }
    }

    @Test
    void learnsAndWritesALineForEachRun(@TempDir Path folder) {
        train(folder, entry -> {});
        List<TrainingLog.Entry> log = TrainingLog.read(folder.resolve(Training.LOG));
        assertEquals(STEPS / 4, log.size());
        assertTrue(log.get(5).loss() < 0.5 * log.get(0).loss(), log.toString());
        assertEquals(
                List.of(false, true, false, true, false, true),
                log.stream().map(entry -> entry.validationLoss().isPresent()).toList());
    }

    @Test
    void aKilledTrainingGoesOnToTheSameBits(@TempDir Path folder) {
        Map<String, Tensor> unbroken = train(folder.resolve("unbroken"), entry -> {});
        Path killed = folder.resolve("killed");
        for (int step : new int[] {4, 12, 20}) {
            assertThrows(
                    Killed.class,
                    () -> train(killed, entry -> {
                        if (entry.step() == step) {
                            throw new Killed();
                        }
                    }));
        }
        assertEquals(unbroken, train(killed, entry -> {}));
        assertEquals(
                SafetensorsFile.read(folder.resolve("unbroken/checkpoint.safetensors")),
                SafetensorsFile.read(killed.resolve("checkpoint.safetensors")));
        assertEquals(
                losses(folder.resolve("unbroken")), losses(killed), "the log has no step twice and none is missing");
    }

    @Test
    void aFullDiskStopsTheTrainingAndItGoesOnWhenThereIsSpace(@TempDir Path folder) {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Path log = folder.resolve("filled").resolve(Training.LOG);
        JobFailure.Transient stopped = assertThrows(
                JobFailure.Transient.class,
                () -> train(log.getParent(), entry -> {
                    if (entry.step() == 8) {
                        replace(log, link -> Files.createSymbolicLink(link, full));
                    }
                }));
        assertTrue(stopped.getMessage().contains("check the free space"), stopped.getMessage());
        replace(log, file -> {});
        assertEquals(train(folder.resolve("unbroken"), entry -> {}), train(log.getParent(), entry -> {}));
    }

    private interface Making {
        void make(Path path) throws IOException;
    }

    private static void replace(Path file, Making making) {
        try {
            Files.delete(file);
            making.make(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static List<Double> losses(Path folder) {
        List<Double> losses = new ArrayList<>();
        TrainingLog.read(folder.resolve(Training.LOG)).forEach(entry -> losses.add(entry.loss()));
        return losses;
    }

    @Test
    void stopsWhereTheLossIsNoNumberAndKeepsTheCheckpointBefore(@TempDir Path folder) {
        train(folder, entry -> {});
        SafetensorsFile before = SafetensorsFile.read(folder.resolve("checkpoint.safetensors"));
        try (BrightnessTask task = new BrightnessTask(1e30)) {
            Training longer =
                    new Training(task, new TrainingSettings(4 * STEPS, 4, 8, 9), folder, Clock.systemUTC(), e -> {});
            JobFailure.Poisoned stopped = assertThrows(JobFailure.Poisoned.class, longer::run);
            assertTrue(stopped.getMessage().contains("checkpoint of step 24"), stopped.getMessage());
            assertEquals(before, SafetensorsFile.read(folder.resolve("checkpoint.safetensors")));
        }
    }

    @Test
    void endsEarlyWhereNothingGetsBetter(@TempDir Path folder) {
        try (BrightnessTask task = new BrightnessTask(1e-12)) {
            new Training(task, new TrainingSettings(80, 4, 4, 2), folder, Clock.systemUTC(), e -> {}).run();
        }
        assertTrue(TrainingLog.read(folder.resolve(Training.LOG)).size() < 20);
    }

    @Test
    void refusesTheCheckpointOfAnotherNetwork(@TempDir Path folder) {
        SafetensorsFile.of(Map.of(), Map.of("step", "3")).write(folder.resolve("checkpoint.safetensors"));
        JobFailure.Rejected refused = assertThrows(JobFailure.Rejected.class, () -> train(folder, e -> {}));
        assertTrue(refused.getMessage().contains("another training"), refused.getMessage());
    }
}
