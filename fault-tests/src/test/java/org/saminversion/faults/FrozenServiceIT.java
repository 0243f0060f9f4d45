package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.embedded.FreePort;

/**
 * The whole service in one process stands still, as when a laptop sleeps: broker, workers and gateway find all their sessions with
 * each other run out at once.
 */
class FrozenServiceIT {
    private static final Duration SLEEP = Duration.ofSeconds(60);
    private static final int SLEEPS = 2;

    @TempDir
    private Path folder;

    @Test
    void itWorksAgainWhenItWakes() throws Exception {
        long started = System.nanoTime();
        int port = FreePort.next();
        Path log = folder.resolve("log.txt");
        List<String> command = List.of(
                Cluster.projectRoot().resolve("sam").toString(),
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString());
        URI service = URI.create("http://127.0.0.1:" + port);
        Caller caller = new Caller();
        ServerProcess process = ServerProcess.start("service", log, command, Map.of());
        try {
            Patience.until(
                    Duration.ofMinutes(3),
                    "the service inverts",
                    () -> caller.invertAndWait(service).equals("SUCCEEDED"));
            List<Double> seconds = new ArrayList<>();
            for (int sleep = 0; sleep < SLEEPS; sleep++) {
                process.freeze();
                Patience.pause(SLEEP);
                process.thaw();
                long woke = System.nanoTime();
                assertEquals("SUCCEEDED", caller.invertAndWait(service), () -> read(log));
                seconds.add((System.nanoTime() - woke) / 1e9);
            }
            SceneRecord.write(
                    "frozen-service",
                    Duration.ofNanos(System.nanoTime() - started),
                    "stood still twice for " + SLEEP.toSeconds() + " s; the first job after it was done after "
                            + seconds + " s",
                    Map.of("still_seconds", SLEEP.toSeconds(), "seconds_to_the_first_result", seconds));
        } finally {
            process.stop();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
