package org.saminversion.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Whether it is time again for something that should not be done more often than every so long. */
public final class Pace {
    private final InstantSource clock;
    private final Duration interval;
    private Instant next;

    /** The first time is one interval from now. */
    public Pace(InstantSource clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
        this.next = clock.instant().plus(interval);
    }

    /** True at most once in an interval. */
    public boolean isDue() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(interval);
        return true;
    }
}
