package org.saminversion.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL server outlives a JVM that was killed, and then keeps its folder. Its process id is in {@code
 * postmaster.pid}.
 */
final class LeftoverServer {
    private static final long STOP_TIMEOUT_SECONDS = 20;

    private LeftoverServer() {}

    /** Stops the server that owns the data folder, if one is alive. */
    static void stop(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> server = processOf(Files.readAllLines(pidFile), data);
        if (server.isPresent()) {
            interrupt(server.get());
            awaitEnd(server.get(), data);
        }
        Files.deleteIfExists(pidFile);
    }

    /** The port of the live server that owns the data folder. */
    static Optional<Integer> port(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        // Line 4 is the port.
        return processOf(lines, data)
                .filter(server -> lines.size() > 3 && lines.get(3).matches("[0-9]{1,5}"))
                .map(server -> Integer.valueOf(lines.get(3)));
    }

    private static Optional<ProcessHandle> processOf(List<String> lines, Path data) throws IOException {
        // Line 1 is the process, line 2 the data folder (PostgreSQL documentation, "postmaster.pid").
        if (lines.size() < 2
                || !lines.get(0).strip().matches("[0-9]{1,9}")
                || !Path.of(lines.get(1)).toRealPath().equals(data.toRealPath())) {
            return Optional.empty();
        }
        // The number may belong to another program by now.
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(p -> p.info().command().map(c -> c.endsWith("postgres")).orElse(false));
    }

    /** SIGINT asks for a fast shutdown: open transactions are rolled back, and the data stay clean. */
    private static void interrupt(ProcessHandle server) throws IOException {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid()))
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an old PostgreSQL server was being stopped", e);
        }
    }

    private static void awaitEnd(ProcessHandle server, Path data) throws IOException {
        try {
            server.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(
                    "A PostgreSQL server of an earlier run (process " + server.pid() + ") still uses " + data
                            + " and does not stop. End it, then start again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an old PostgreSQL server was being stopped", e);
        }
    }
}
