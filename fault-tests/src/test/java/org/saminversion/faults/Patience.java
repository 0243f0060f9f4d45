package org.saminversion.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes do. */
final class Patience {
    private static final long LOOK_EVERY_MS = 100;

    private Patience() {}

    /** A condition that may fail while a server is away. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** @throws AssertionError that names what did not happen in time */
    static void until(Duration most, String what, Condition condition) {
        long end = System.nanoTime() + most.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.holds()) {
                    return;
                }
                last = null;
            } catch (Exception notYet) {
                last = notYet;
            }
            pause(Duration.ofMillis(LOOK_EVERY_MS));
        }
        throw new AssertionError("within " + most.toSeconds() + " s it did not happen that " + what, last);
    }

    /** Lets a fault last. */
    static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
        }
    }
}
