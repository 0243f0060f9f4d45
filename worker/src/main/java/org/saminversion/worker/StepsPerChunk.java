package org.saminversion.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many optimisation steps to run before looking up: as many as take about half a second, so that progress flows and a
 * cancellation is seen soon, and yet the engine is rarely interrupted.
 */
public final class StepsPerChunk {
    static final Duration TARGET = Duration.ofMillis(500);
    static final int FIRST = 4;
    static final int MOST = 200;

    private final InstantSource clock;
    private int steps = FIRST;
    private Instant begin;

    public StepsPerChunk(InstantSource clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    /** The size of the chunk that begins now. */
    public int begin() {
        begin = clock.instant();
        return steps;
    }

    /**
     * Learns from the chunk that has ended now. Grows at most fourfold: the first steps include warming up.
     *
     * @return how long the chunk took
     */
    public Duration end(int stepsDone) {
        Duration took = Duration.between(begin, clock.instant());
        double fitting = stepsDone * TARGET.toMillis() / (double) Math.max(1, took.toMillis());
        steps = (int) Math.max(1, Math.min(Math.min(fitting, 4.0 * stepsDone), MOST));
        return took;
    }
}
