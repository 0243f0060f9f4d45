package org.saminversion.inversion.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Tensor;

/** A training in a process of its own that is killed without warning. */
class KilledTrainingTest {
    private static final int STEPS = 400;

    /** The training, which waits for its end at a certain step. @param arguments its folder, and that step */
    public static void main(String[] arguments) {
        int last = Integer.parseInt(arguments[1]);
        train(Path.of(arguments[0]), entry -> {
            while (entry.step() >= last) {
                LockSupport.park();
            }
        });
    }

    private static Map<String, Tensor> train(Path folder, TrainingListener listener) {
        try (BrightnessTask task = new BrightnessTask(0.001)) {
            return new Training(task, new TrainingSettings(STEPS, 5, 20, STEPS), folder, Clock.systemUTC(), listener)
                    .run();
        }
    }

    @Test
    @Timeout(300)
    void endsWithTheWeightsOfAnUnbrokenOne(@TempDir Path folder) throws IOException, InterruptedException {
        Path killed = folder.resolve("killed");
        killAt(90, killed);
        killAt(210, killed);
        assertEquals(train(folder.resolve("unbroken"), entry -> {}), train(killed, entry -> {}));
    }

    /** Somewhere between that step and 50 steps later. */
    private static void killAt(int step, Path folder) throws IOException, InterruptedException {
        Process training = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledTrainingTest.class.getName(),
                        folder.toString(),
                        Integer.toString(step + 50))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (stepOf(folder) < step) {
            assertFalse(training.waitFor(2, TimeUnit.MILLISECONDS), "it ended by itself");
        }
        training.destroyForcibly().waitFor();
    }

    private static int stepOf(Path folder) {
        Path log = folder.resolve(Training.LOG);
        List<TrainingLog.Entry> entries = Files.exists(log) ? TrainingLog.read(log) : List.of();
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).step();
    }
}
