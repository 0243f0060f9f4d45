package org.saminversion.model.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.saminversion.model.Artefact;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Lane;
import org.saminversion.model.LossRecord;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.Topics;
import org.saminversion.model.lifecycle.IllegalTransition;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.outbox.Outbox.OutgoingMessage;
import org.saminversion.model.store.SimulationFigures.Happening;

/** One history, decided by its seed, and what must hold at its end. */
final class Simulation {
    private static final int JOBS = 4;
    private static final int TURNS = 90;
    private static final int QUIET_TURNS_MAX = 3_000;
    private static final int LOOK_EVERY = 20;
    private static final int LEAP_SECONDS_MAX = 20;
    private static final Duration FAR = Duration.ofDays(30);
    /** After every other test of this database, so that the application's own relay leaves these messages alone. */
    private static final Duration LATER = Duration.ofDays(365 * 50);

    private final SplittableRandom random;
    private final Tenant tenant;
    private final MovableClock clock = new MovableClock();
    private final SimulationFigures figures;
    private final SimulatedService service;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final List<Job> jobs = new ArrayList<>();
    private final Set<JobId> cancelled = new HashSet<>();

    Simulation(Database database, Pool pool, long seed, SimulationFigures figures) {
        this.random = new SplittableRandom(seed);
        this.tenant = new Tenant("simulation-" + seed);
        this.figures = figures;
        clock.advance(LATER);
        this.service = SimulatedService.on(
                database,
                pool,
                clock,
                new SimulatedQueue(clock, random, figures),
                new SimulatedFaults(random, figures),
                figures);
        for (int i = 0; i < 3; i++) {
            Stage stage = i == 0 ? Stage.MAP : Stage.RUN;
            workers.add(new SimulatedWorker("worker-" + i, stage, service, random));
        }
    }

    void run() {
        for (int turn = 0; turn < TURNS; turn++) {
            if (turn % (TURNS / 2 / JOBS) == 0 && jobs.size() < JOBS) {
                submit();
            }
            turn();
        }
        service.faults().end();
        for (int turn = 0; !isOver(); turn += LOOK_EVERY) {
            assertTrue(turn < QUIET_TURNS_MAX, () -> "without faults, this never ends: " + states());
            for (int i = 0; i < LOOK_EVERY; i++) {
                turn();
            }
        }
        jobs.forEach(this::check);
    }

    private void turn() {
        switch (random.nextInt(8)) {
            case 0 -> clock.advance(Duration.ofSeconds(random.nextInt(LEAP_SECONDS_MAX)));
            case 1 -> sweep();
            case 2, 3 -> relay();
            default -> workers.get(random.nextInt(workers.size())).act();
        }
        clock.advance(Duration.ofMillis(random.nextInt(500)));
        if (service.faults().strike(0.01)) {
            cancel();
        }
    }

    private void submit() {
        Submission submission = new Submission(
                new JobId(new UUID(random.nextLong(), random.nextLong())),
                tenant,
                random.nextBoolean() ? Lane.INTERACTIVE : Lane.BULK,
                Optional.empty(),
                Optional.empty(),
                new JobSettings(
                        "faces64", "sam", 0.5, SimulatedOptimisation.STEPS, random.nextLong(), Map.of(), List.of()),
                random.nextBoolean(),
                new byte[] {1, 2, 3},
                "image/png",
                FAR,
                FAR,
                FAR,
                Optional.empty(),
                Optional.empty());
        jobs.add(await(service.jobs().submit(submission)));
    }

    private void cancel() {
        JobId id = jobs.get(random.nextInt(jobs.size())).id();
        try {
            await(service.jobs().cancel(tenant, id));
            cancelled.add(id);
        } catch (IllegalTransition tooLate) {
            assertTrue(
                    await(service.jobs().find(tenant, id)).orElseThrow().state().isFinal());
        }
    }

    private void sweep() {
        int mended = switch (random.nextInt(3)) {
            case 0 -> await(service.sweeps().returnAbandoned());
            case 1 -> await(service.sweeps().expireLate());
            default -> await(service.sweeps().remind());
        };
        if (mended > 0) {
            figures.count(Happening.SWEEP_MENDED);
        }
    }

    /** As the relay does it; a crash between sending and forgetting sends the messages again. */
    private void relay() {
        boolean crash = service.faults().strike(0.1);
        try {
            await(service.outbox().relay(1 + random.nextInt(20), messages -> {
                messages.forEach(this::deliver);
                return crash
                        ? Uni.createFrom().failure(new SimulatedFaults.NoAnswer())
                        : Uni.createFrom().voidItem();
            }));
        } catch (SimulatedFaults.NoAnswer e) {
            figures.count(Happening.MESSAGE_SENT_TWICE);
        }
    }

    private void deliver(OutgoingMessage message) {
        boolean ours = message.tenant().equals(tenant);
        if (ours && !message.topic().equals(Topics.JOB_EVENTS)) {
            service.queue().add(message.topic(), message.body());
        }
    }

    private boolean isOver() {
        return workers.stream().allMatch(SimulatedWorker::isIdle)
                && jobs.stream()
                        .allMatch(job -> await(service.jobs().find(tenant, job.id()))
                                .orElseThrow()
                                .state()
                                .isFinal());
    }

    private String states() {
        return jobs.stream()
                .map(job -> await(service.jobs().find(tenant, job.id()))
                        .orElseThrow()
                        .toString())
                .toList()
                .toString();
    }

    private void check(Job submitted) {
        JobId id = submitted.id();
        JobDetails end = await(service.jobs().details(tenant, id)).orElseThrow();
        List<JobEvent> events = await(service.jobs().eventsAfter(tenant, id, 0, 10_000));
        assertEquals(
                IntStream.rangeClosed(1, events.size())
                        .mapToObj(Long::valueOf)
                        .toList()
                        .toString(),
                events.stream().map(JobEvent::number).toList().toString(),
                "numbers of events");
        assertEquals(
                1,
                events.stream()
                        .filter(event -> event.kind().equals(JobEvent.STATE))
                        .filter(event -> List.of("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED").stream()
                                .anyMatch(state -> event.body().contains('"' + state + '"')))
                        .count(),
                () -> "ends of " + end.job());
        JobState expected = cancelled.contains(id) ? JobState.CANCELLED : JobState.SUCCEEDED;
        if (end.job().state() == JobState.FAILED) {
            assertEquals("attempts-exhausted", end.job().failure().orElseThrow().kind());
            return;
        }
        assertEquals(expected, end.job().state());
        if (expected == JobState.SUCCEEDED) {
            checkResult(end);
        } else {
            figures.count(Happening.JOB_CANCELLED);
        }
    }

    private void checkResult(JobDetails end) {
        JobId id = end.job().id();
        figures.count(Happening.JOB_SUCCEEDED);
        assertEquals(1, service.results().get(id), "results that were taken");
        assertArrayEquals(
                SimulatedOptimisation.unbroken(end.job().settings().seed()),
                await(service.jobs().content(tenant, id, Artefact.LATENTS))
                        .orElseThrow()
                        .bytes(),
                "latents of a run that was interrupted");
        assertEquals(
                IntStream.range(0, SimulatedOptimisation.STEPS).boxed().toList(),
                end.losses().stream().map(LossRecord::step).toList());
        assertEquals(Optional.empty(), await(service.work().inputs(id)).checkpoint(), "a checkpoint that nobody needs");
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
