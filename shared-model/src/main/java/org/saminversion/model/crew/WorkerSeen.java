package org.saminversion.model.crew;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.saminversion.model.JobId;
import org.saminversion.model.lifecycle.JobState;

/**
 * A worker as it was last heard of.
 *
 * @param seen when it last told that it is there
 * @param left when it stopped in order; empty while it takes work
 * @param work what it has under lease now, of every tenant
 */
public record WorkerSeen(Worker worker, Instant seen, Optional<Instant> left, List<Work> work) {
    /** A worker that does not tell for longer than this is thought dead. */
    public static final Duration PATIENCE = WorkerStore.BEAT.multipliedBy(3);

    /** Whether it takes work. */
    public boolean isThere(Instant now) {
        return left.isEmpty() && seen.isAfter(now.minus(PATIENCE));
    }

    /** When it was last known to take work. */
    public Instant last() {
        return left.orElse(seen);
    }

    /**
     * A job in its hands.
     *
     * @param job empty if it is another tenant's
     * @param progress of the present stage, 0 to 1
     */
    public record Work(Optional<JobId> job, String name, JobState state, double progress) {}
}
