package org.saminversion.model.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Job;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.crew.Worker;
import org.saminversion.model.crew.WorkerSeen;
import org.saminversion.model.crew.WorkerStore;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.BackendsResource;
import org.saminversion.model.store.Claim;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.MovableClock;
import org.saminversion.model.store.Samples;
import org.saminversion.model.store.Stage;
import org.saminversion.model.store.WorkStore;
import org.saminversion.model.view.MeasuredQuality.MethodQuality;

/** What people are shown of the jobs and workers, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ViewsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    JobStore jobs;

    @Inject
    ClaimStore claims;

    @Inject
    WorkStore work;

    @Inject
    JobStatistics statistics;

    @Inject
    JobTimeline timeline;

    @Inject
    MeasuredQuality quality;

    @Inject
    EndpointTroubles troubles;

    @Inject
    WorkerStore crew;

    @Inject
    Pool database;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private final Tenant stranger = new Tenant("stranger-" + UUID.randomUUID());

    @Test
    void jobsAreCountedByStateAndByMinute() {
        finish(submit(tenant));
        clock.advance(MINUTE.multipliedBy(3));
        finish(submit(tenant));
        await(jobs.cancel(tenant, submit(tenant).id()));
        submit(stranger);
        submit(tenant);
        clock.advance(MINUTE.multipliedBy(2));

        WorkStatistics seen = await(statistics.read(tenant));
        assertEquals(1, seen.live().get(JobState.READY));
        assertEquals(1, seen.waiting());
        assertEquals(0, seen.inWork());
        assertEquals(MINUTE.multipliedBy(2), seen.oldest());
        assertEquals(2, seen.ended().get(JobState.SUCCEEDED));
        assertEquals(1, seen.ended().get(JobState.CANCELLED));
        assertEquals(0, seen.ended().get(JobState.FAILED));
        assertEquals(WorkStatistics.MINUTES, seen.endedPerMinute().size());
        assertEquals(2, seen.endedPerMinute().get(57));
        assertEquals(1, seen.endedPerMinute().get(54));
        assertEquals(4, seen.submittedLately());
        assertEquals(3, seen.endedLately());
    }

    @Test
    void whatEndedLongAgoIsNotCounted() {
        finish(submit(tenant));
        clock.advance(Duration.ofDays(1));
        WorkStatistics seen = await(statistics.read(tenant));
        assertEquals(0, seen.ended().get(JobState.SUCCEEDED));
        assertEquals(0, seen.submittedLately());
        assertEquals(Duration.ZERO, seen.oldest());
    }

    @Test
    void theTimelineLeavesProgressOutAndTellsStrangersNothing() {
        Job job = submit(tenant);
        Lease lease = claim(job);
        await(work.reportLosses(lease, Samples.losses(0, 5)));
        await(work.finishRun(lease, Samples.result()));
        List<JobEvent> events = await(timeline.read(tenant, job.id()));
        assertEquals(
                List.of("READY", "RUNNING", "SUCCEEDED"),
                events.stream()
                        .map(event -> event.body().replaceAll(".*\"state\": ?\"([A-Z]+)\".*", "$1"))
                        .toList());
        assertEquals(List.of(), await(timeline.read(stranger, job.id())));
    }

    @Test
    void thePreviewIsReplacedAndGoesWithTheEnd() {
        Job job = submit(tenant);
        Lease lease = claim(job);
        await(work.showPreview(lease, new Content(Artefact.PREVIEW, Content.PNG, new byte[] {1})));
        await(work.showPreview(lease, new Content(Artefact.PREVIEW, Content.PNG, new byte[] {2})));
        assertEquals(
                2,
                await(jobs.content(tenant, job.id(), Artefact.PREVIEW))
                        .orElseThrow()
                        .bytes()[0]);
        await(work.finishRun(lease, Samples.result()));
        assertEquals(Optional.empty(), await(jobs.artefact(tenant, job.id(), Artefact.PREVIEW)));
        assertTrue(
                await(jobs.artefact(tenant, job.id(), Artefact.RECONSTRUCTION)).isPresent());
    }

    @Test
    void qualityIsThatOfTheTenantsOwnJobs() {
        finish(submit(tenant));
        finish(submit(tenant));
        finish(submit(stranger));
        MethodQuality seen = await(quality.read(tenant)).get(0);
        assertEquals("faces64", seen.bundle());
        assertEquals(2, seen.jobs());
        assertEquals(31.5, seen.psnrDecibel(), 1e-9);
    }

    @Test
    void aWorkerIsSeenWithWhatItDoesAndNamesTheJobsOfNoStranger() {
        Worker worker = new Worker("gpu-worker", "machine-" + UUID.randomUUID(), 7, 2, clock.instant());
        await(crew.tell(worker));
        Job job = submit(tenant);
        assertInstanceOf(Claim.Taken.class, await(claims.claim(job.id(), Stage.RUN, worker.name(), false)));

        WorkerSeen mine = seen(tenant, worker);
        assertEquals(Optional.of(job.id()), mine.work().get(0).job());
        assertEquals(JobState.RUNNING, mine.work().get(0).state());
        assertTrue(mine.isThere(clock.instant()));
        WorkerSeen theirs = seen(stranger, worker);
        assertEquals(Optional.empty(), theirs.work().get(0).job());
        assertEquals("", theirs.work().get(0).name());

        clock.advance(WorkerSeen.PATIENCE);
        assertFalse(seen(tenant, worker).isThere(clock.instant()), "it has been silent for too long");
        assertEquals(List.of(), seen(tenant, worker).work(), "its lease has run out");
        await(crew.tell(worker));
        assertTrue(seen(tenant, worker).isThere(clock.instant()));
        await(crew.leave(worker));
        assertFalse(seen(tenant, worker).isThere(clock.instant()), "it has stopped");
    }

    @Test
    void workersThatWereNotHeardOfForADayAreForgotten() {
        Worker old = new Worker("gpu-worker", "old-" + UUID.randomUUID(), 7, 1, clock.instant());
        await(crew.tell(old));
        clock.advance(Duration.ofHours(25));
        await(crew.tell(new Worker("gpu-worker", "new-" + UUID.randomUUID(), 8, 1, clock.instant())));
        assertTrue(await(crew.list(tenant)).stream()
                .noneMatch(seen -> seen.worker().equals(old)));
    }

    @Test
    void anEndpointIsInTroubleAfterSeveralTriesOrAMessageThatWasGivenUp() {
        UUID good = endpoint("https://good.example");
        UUID bad = endpoint("https://bad.example");
        delivery(good, "DELIVERED", 0);
        delivery(good, "WAITING", 1);
        delivery(bad, "WAITING", 3);
        delivery(bad, "EXHAUSTED", 9);
        List<EndpointTroubles.FailingEndpoint> found = await(troubles.read(tenant));
        assertEquals(1, found.size());
        assertEquals("https://bad.example", found.get(0).url());
        assertEquals(1, found.get(0).waiting());
        assertEquals(1, found.get(0).exhausted());
        assertEquals(List.of(), await(troubles.read(stranger)));
    }

    private UUID endpoint(String url) {
        UUID id = UUID.randomUUID();
        await(database.preparedQuery("insert into endpoints (id, tenant, url, description, events, enabled, secret,"
                        + " created_at, updated_at) values ($1, $2, $3, '', 'completed', true, 'x', now(), now())")
                .execute(Tuple.of(id, tenant.name(), url)));
        return id;
    }

    private void delivery(UUID endpoint, String state, int tries) {
        await(database.preparedQuery(
                        "insert into deliveries (id, tenant, endpoint_id, subject, number, type, body, state,"
                                + " tries, attempts, retries_from, next_attempt_at, fence, created_at, updated_at, finished_at)"
                                + " values ($1, $2, $3, $1, 1, 'inversion.succeeded', '{}', $4, $5, $5, now(), now() + interval"
                                + " '100 years', 0, $6, $6, case when $4 in ('DELIVERED', 'EXHAUSTED') then $6 end)")
                .execute(Tuple.of(
                        UUID.randomUUID(),
                        tenant.name(),
                        endpoint,
                        state,
                        tries,
                        clock.instant().atOffset(ZoneOffset.UTC))));
    }

    private WorkerSeen seen(Tenant by, Worker worker) {
        return await(crew.list(by)).stream()
                .filter(seen -> seen.worker().name().equals(worker.name()))
                .findFirst()
                .orElseThrow();
    }

    private Job submit(Tenant owner) {
        return await(jobs.submit(new Submission(
                new JobId(UUID.randomUUID()),
                owner,
                Lane.INTERACTIVE,
                Optional.empty(),
                Optional.empty(),
                Samples.settings(),
                false,
                new byte[] {1, 2, 3},
                "image/png",
                HOUR,
                HOUR,
                HOUR.multipliedBy(24),
                Optional.empty(),
                Optional.empty())));
    }

    private Lease claim(Job job) {
        return assertInstanceOf(Claim.Taken.class, await(claims.claim(job.id(), Stage.RUN, "test-worker", false)))
                .lease();
    }

    private void finish(Job job) {
        await(work.finishRun(claim(job), Samples.result()));
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
