package org.saminversion.gateway.dashboard.overview;

import static org.saminversion.gateway.dashboard.overview.ProblemCard.Level.BAD;
import static org.saminversion.gateway.dashboard.overview.ProblemCard.Level.WARN;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.saminversion.gateway.dashboard.frame.Formats;
import org.saminversion.model.crew.WorkerSeen;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.view.EndpointTroubles.FailingEndpoint;
import org.saminversion.model.view.WorkStatistics;

/** Finds what needs somebody. Each rule has a section in docs/runbook.md. */
final class Problems {
    static final Duration WITHOUT_WORKER_MAX = Duration.ofMinutes(2);
    static final Duration WAIT_MAX = Duration.ofMinutes(2);
    static final Duration OUTBOX_AGE_MAX = Duration.ofSeconds(10);
    static final double FREE_PART_WARN = 0.1;
    static final double FREE_PART_BAD = 0.03;

    /** A backlog grows if so much more comes in than is done. */
    private static final double GROWTH = 1.2;

    private Problems() {}

    /** The worst first. */
    static List<ProblemCard> of(Situation situation) {
        List<ProblemCard> found = new ArrayList<>();
        worker("segmenter-worker", "segmenter", JobState.QUEUED, situation).ifPresent(found::add);
        worker("gpu-worker", "GPU", JobState.READY, situation).ifPresent(found::add);
        outbox(situation.outboxAge()).ifPresent(found::add);
        situation.disk().flatMap(Problems::disk).ifPresent(found::add);
        backlog(situation.work()).ifPresent(found::add);
        situation.endpoints().forEach(endpoint -> found.add(endpoint(endpoint)));
        found.sort(Comparator.comparing(ProblemCard::level));
        return found;
    }

    private static Optional<ProblemCard> worker(String kind, String name, JobState waiting, Situation situation) {
        Optional<Instant> last = situation.crew().stream()
                .filter(worker -> worker.worker().kind().equals(kind))
                .map(WorkerSeen::last)
                .max(Comparator.naturalOrder());
        if (last.filter(seen -> seen.isAfter(situation.now().minus(WITHOUT_WORKER_MAX)))
                .isPresent()) {
            return Optional.empty();
        }
        long jobs = situation.work().live().get(waiting);
        String since = last.map(seen ->
                        "None has been heard of for " + Formats.span(Duration.between(seen, situation.now())) + ".")
                .orElse("None has been heard of in the last day.");
        return Optional.of(new ProblemCard(
                jobs > 0 ? BAD : WARN,
                "There is no " + name + " worker",
                since + (jobs > 0 ? " " + Formats.grouped(jobs) + " jobs wait for one." : ""),
                "no-worker"));
    }

    private static Optional<ProblemCard> outbox(Duration age) {
        return age.compareTo(OUTBOX_AGE_MAX) < 0
                ? Optional.empty()
                : Optional.of(new ProblemCard(
                        BAD,
                        "Messages do not get to Kafka",
                        "The oldest has waited for " + Formats.span(age)
                                + ". Running jobs go on; waiting ones do not start.",
                        "messages-wait-for-kafka"));
    }

    private static Optional<ProblemCard> disk(Situation.DiskSpace disk) {
        return disk.freePart() >= FREE_PART_WARN
                ? Optional.empty()
                : Optional.of(new ProblemCard(
                        disk.freePart() < FREE_PART_BAD ? BAD : WARN,
                        "The disk is nearly full",
                        Formats.bytes(disk.freeBytes()) + " of " + Formats.bytes(disk.totalBytes()) + " are free ("
                                + Formats.percent(disk.freePart()) + ").",
                        "the-disk-fills"));
    }

    private static Optional<ProblemCard> backlog(WorkStatistics work) {
        boolean grows = work.oldest().compareTo(WAIT_MAX) > 0 && work.submittedLately() > GROWTH * work.endedLately();
        return !grows
                ? Optional.empty()
                : Optional.of(new ProblemCard(
                        WARN,
                        "The backlog grows",
                        "In the last 10 minutes " + Formats.grouped(work.submittedLately()) + " jobs came and "
                                + Formats.grouped(work.endedLately()) + " ended. " + Formats.grouped(work.waiting())
                                + " wait, the oldest for " + Formats.span(work.oldest()) + ".",
                        "the-backlog-grows"));
    }

    private static ProblemCard endpoint(FailingEndpoint endpoint) {
        return new ProblemCard(
                WARN,
                "An endpoint does not take its callbacks",
                endpoint.url() + ": messages that are tried again: " + Formats.grouped(endpoint.waiting())
                        + "; given up in the last 24 hours: " + Formats.grouped(endpoint.exhausted()) + "."
                        + endpoint.disabledReason()
                                .map(reason -> " It is disabled: " + reason)
                                .orElse(""),
                "an-endpoint-fails");
    }
}
