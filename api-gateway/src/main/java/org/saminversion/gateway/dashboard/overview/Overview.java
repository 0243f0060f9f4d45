package org.saminversion.gateway.dashboard.overview;

import java.time.Duration;
import java.util.List;
import org.saminversion.gateway.dashboard.frame.Formats;
import org.saminversion.gateway.dashboard.workers.WorkerRow;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.view.WorkStatistics;

/**
 * The first page as it is shown.
 *
 * @param queues waiting and working jobs by stage
 * @param perMinute jobs that end in a minute, at the pace of the last ten
 * @param left how long the present pace needs for all jobs that live; empty if nothing has ended lately
 */
public record Overview(
        List<ProblemCard> problems,
        WorkStatistics work,
        List<Queue> queues,
        PaceChart pace,
        double perMinute,
        String left,
        List<WorkerRow> crew) {
    /** @param oldest how long the oldest waiting job has waited; zero if none waits */
    public record Queue(String name, long waiting, long working, Duration oldest) {}

    static Overview of(Situation situation) {
        WorkStatistics work = situation.work();
        double perMinute = (double) work.endedLately() / WorkStatistics.LATELY.toMinutes();
        return new Overview(
                Problems.of(situation),
                work,
                List.of(
                        queue("Map", work, JobState.QUEUED, JobState.MAPPING),
                        queue("Optimisation", work, JobState.READY, JobState.RUNNING)),
                PaceChart.of(work.endedPerMinute()),
                perMinute,
                perMinute == 0
                        ? ""
                        : Formats.span(
                                Duration.ofSeconds(Math.round((work.waiting() + work.inWork()) / perMinute * 60))),
                situation.crew().stream()
                        .map(worker -> WorkerRow.of(worker, situation.now()))
                        .toList());
    }

    private static Queue queue(String name, WorkStatistics work, JobState waiting, JobState working) {
        return new Queue(
                name,
                work.live().get(waiting),
                work.live().get(working),
                work.waitingSince().get(waiting));
    }
}
