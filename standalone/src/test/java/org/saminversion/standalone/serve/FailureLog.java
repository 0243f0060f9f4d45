package org.saminversion.standalone.serve;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the gateway logs as mistakes of ours while it is listened to. */
final class FailureLog extends Handler {
    private static final Logger GATEWAY = Logger.getLogger("org.saminversion.gateway");

    private final List<String> failures = new CopyOnWriteArrayList<>();

    static FailureLog listen() {
        FailureLog log = new FailureLog();
        GATEWAY.addHandler(log);
        return log;
    }

    List<String> stop() {
        GATEWAY.removeHandler(this);
        return failures;
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            failures.add(entry.getMessage() + ": " + entry.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
