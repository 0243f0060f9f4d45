package org.saminversion.gateway.dashboard.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.gateway.dashboard.overview.ProblemCard.Level;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.crew.Worker;
import org.saminversion.model.crew.WorkerSeen;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.view.EndpointTroubles.FailingEndpoint;
import org.saminversion.model.view.WorkStatistics;

/** When the overview calls for somebody, and for what. */
class ProblemsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Situation.DiskSpace ROOMY = new Situation.DiskSpace(50, 100);

    private WorkStatistics work = work(0, Duration.ZERO, 0, 0);
    private List<WorkerSeen> crew = List.of(worker("segmenter-worker", MINUTE), worker("gpu-worker", MINUTE));
    private List<FailingEndpoint> endpoints = List.of();
    private Duration outboxAge = Duration.ZERO;
    private Situation.DiskSpace disk = ROOMY;

    @Test
    void aServiceThatIsWellHasNoProblems() {
        work = work(500, MINUTE, 600, 590);
        assertEquals(List.of(), problems());
    }

    @Test
    void aKindOfWorkerIsMissedAfterTwoMinutes() {
        crew = List.of(worker("segmenter-worker", MINUTE), worker("gpu-worker", MINUTE.multipliedBy(3)));
        assertEquals(List.of("There is no GPU worker"), titles());
        assertEquals(Level.WARN, problems().get(0).level());
        work = work(12, MINUTE, 0, 0);
        assertEquals(Level.BAD, problems().get(0).level());
        assertTrue(
                problems().get(0).text().contains("3 min. 12 jobs wait for one."),
                problems().toString());
    }

    @Test
    void aBacklogGrowsIfMoreComesThanEndsAndWaits() {
        work = work(100, MINUTE.multipliedBy(5), 130, 100);
        assertEquals(List.of("The backlog grows"), titles());
        work = work(100, MINUTE.multipliedBy(5), 110, 100);
        assertEquals(List.of(), titles());
    }

    @Test
    void endpointsKafkaAndTheDiskAreToldWorstFirst() {
        endpoints = List.of(new FailingEndpoint(
                new EndpointId(UUID.randomUUID()), "https://shop.example/hook", Optional.empty(), 4, 1));
        outboxAge = Duration.ofSeconds(30);
        disk = new Situation.DiskSpace(2, 100);
        assertEquals(
                List.of(
                        "Messages do not get to Kafka",
                        "The disk is nearly full",
                        "An endpoint does not take its callbacks"),
                titles());
    }

    @Test
    void everyProblemHasASectionInTheRunbook() throws Exception {
        crew = List.of();
        work = work(100, MINUTE.multipliedBy(5), 130, 100);
        outboxAge = Duration.ofSeconds(30);
        disk = new Situation.DiskSpace(2, 100);
        endpoints =
                List.of(new FailingEndpoint(new EndpointId(UUID.randomUUID()), "https://x", Optional.empty(), 4, 1));
        List<String> sections = Files.readAllLines(Path.of("../docs/runbook.md")).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4).toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        assertEquals(6, problems().size());
        problems().forEach(problem -> assertTrue(sections.contains(problem.section()), problem.section()));
    }

    private List<ProblemCard> problems() {
        return Problems.of(new Situation(NOW, work, crew, endpoints, outboxAge, Optional.of(disk)));
    }

    private List<String> titles() {
        return problems().stream().map(ProblemCard::title).toList();
    }

    private static WorkerSeen worker(String kind, Duration silentFor) {
        return new WorkerSeen(
                new Worker(kind, "machine", 1, 1, NOW.minus(Duration.ofHours(1))),
                NOW.minus(silentFor),
                Optional.empty(),
                List.of());
    }

    private static WorkStatistics work(long waiting, Duration oldest, long submitted, long ended) {
        Map<JobState, Long> live = new EnumMap<>(JobState.class);
        Map<JobState, Long> over = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            (state.isFinal() ? over : live).put(state, 0L);
        }
        live.put(JobState.READY, waiting);
        return new WorkStatistics(
                live,
                Map.of(JobState.QUEUED, Duration.ZERO, JobState.READY, oldest),
                over,
                Collections.nCopies(WorkStatistics.MINUTES, 0),
                submitted,
                ended);
    }
}
