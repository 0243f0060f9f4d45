package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @TempDir
    private Path folder;

    @Test
    void itWorksAgainWhenItWakes() throws Exception {
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
            for (int sleep = 0; sleep < 2; sleep++) {
                process.freeze();
                Patience.pause(SLEEP);
                process.thaw();
                assertEquals("SUCCEEDED", caller.invertAndWait(service), () -> read(log));
            }
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
