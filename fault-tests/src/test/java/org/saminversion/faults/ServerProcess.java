package org.saminversion.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the operating system that can be ended and frozen in every way that machines know. */
final class ServerProcess {
    private static final long END_SECONDS_MAX = 60;

    private final String name;
    private final Process process;

    private ServerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** @param log takes both outputs, appended. @param environment variables besides those of this process */
    static ServerProcess start(String name, Path log, List<String> command, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ServerProcess(name, builder.start());
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: no word of farewell to anybody. */
    void kill() throws IOException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM: asks for an orderly end, and waits for it. */
    void stop() throws IOException {
        process.destroy();
        awaitEnd();
    }

    /** SIGSTOP: the process runs no further, and its connections stay open. */
    void freeze() throws IOException {
        Signals.send("STOP", process.pid());
    }

    /** SIGCONT. */
    void thaw() throws IOException {
        Signals.send("CONT", process.pid());
    }

    private void awaitEnd() throws IOException {
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(name + " did not end within " + END_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + name + " was ended");
        }
    }
}
