package org.saminversion.model.view;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.saminversion.model.lifecycle.JobState;

/**
 * How much work a tenant has, and how fast it is done.
 *
 * @param live jobs that have not ended by state; all such states are there
 * @param waitingSince by stage: how long the oldest job has waited for a worker; zero if none waits
 * @param ended jobs that ended in the last 24 hours, by state; all final states are there
 * @param endedPerMinute jobs that ended in each of the last {@link #MINUTES} minutes, the oldest first
 * @param submittedLately jobs that were submitted in the last {@link #LATELY}
 * @param endedLately jobs that ended in the last {@link #LATELY}
 */
public record WorkStatistics(
        Map<JobState, Long> live,
        Map<JobState, Duration> waitingSince,
        Map<JobState, Long> ended,
        List<Integer> endedPerMinute,
        long submittedLately,
        long endedLately) {
    public static final int MINUTES = 60;
    public static final Duration LATELY = Duration.ofMinutes(10);

    /** Jobs that wait for a worker. */
    public long waiting() {
        return live.get(JobState.QUEUED) + live.get(JobState.READY);
    }

    /** Jobs in the hands of workers. */
    public long inWork() {
        return live.get(JobState.MAPPING) + live.get(JobState.RUNNING) + live.get(JobState.CANCELLING);
    }

    /** How long the oldest job has waited. */
    public Duration oldest() {
        return waitingSince.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
