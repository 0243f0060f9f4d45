package org.saminversion.faults;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Signals to processes that this JVM did not start, such as those of PostgreSQL. */
final class Signals {
    private Signals() {}

    /** @param signal such as KILL, STOP, CONT */
    static void send(String signal, long pid) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException("signal " + signal + " did not reach process " + pid);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while signal " + signal + " was sent");
        }
    }
}
