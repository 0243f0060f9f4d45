package org.saminversion.model.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Failure;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobFilter;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.IllegalTransition;
import org.saminversion.model.lifecycle.JobState;

/** What the stores promise, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class StoreContractTest {
    private static final byte[] IMAGE = {1, 2, 3, -4};
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    JobStore jobs;

    @Inject
    ClaimStore claims;

    @Inject
    WorkStore work;

    @Inject
    SweepStore sweeps;

    @Inject
    RetentionStore retention;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private final Tenant stranger = new Tenant("stranger");

    @Test
    void aSubmittedJobReadsBackAsItWasAsked() {
        Job stored = submit();
        Job read = await(jobs.find(tenant, stored.id())).orElseThrow();
        assertEquals(stored, read);
        assertEquals(JobState.QUEUED, read.state());
        assertEquals(Samples.settings(), read.settings());
        assertEquals(clock.instant().plus(HOUR), read.times().queueDeadline());
        Content input = await(jobs.content(tenant, stored.id(), Artefact.INPUT)).orElseThrow();
        assertArrayEquals(IMAGE, input.bytes());
        assertEquals("image/png", input.mediaType());
        assertEquals(
                IMAGE.length,
                await(jobs.artefact(tenant, stored.id(), Artefact.INPUT))
                        .orElseThrow()
                        .byteSize());
    }

    @Test
    void aJobWithoutAMapStartsReady() {
        assertEquals(JobState.READY, submit(false).state());
    }

    @Test
    void aJobRunsFromSubmissionToItsResult() {
        JobId id = submit().id();
        Lease mapping = take(id, Stage.MAP, false);
        await(work.reportMapping(mapping, 0.5));
        await(work.finishMap(mapping, List.of(new Content(Artefact.MAP, Content.SAFETENSORS, new byte[] {7}))));

        Lease running = take(id, Stage.RUN, false);
        WorkStore.Inputs inputs = await(work.inputs(id));
        assertArrayEquals(IMAGE, inputs.image());
        assertArrayEquals(new byte[] {7}, inputs.map().orElseThrow());
        await(work.reportLosses(running, Samples.losses(0, 2)));
        await(work.reportLosses(running, Samples.losses(2, 5)));
        await(work.finishRun(running, Samples.result()));

        JobDetails done = await(jobs.details(tenant, id)).orElseThrow();
        assertEquals(JobState.SUCCEEDED, done.job().state());
        assertEquals(1, done.job().attempts());
        assertEquals(Optional.of(new JobQuality(31.5, 0.04)), done.job().quality());
        assertEquals(Map.of("W+", 0.75, "F6", 0.25), done.job().shares());
        assertEquals("1.0", done.job().provenance().get("engine-version"));
        assertEquals(Samples.losses(0, 5), done.losses());
        assertEquals(
                List.of(Artefact.INPUT, Artefact.MAP, Artefact.RECONSTRUCTION),
                done.artefacts().stream().map(Artefact::name).toList());
        assertEquals(
                List.of("QUEUED", "MAPPING", "0.5", "READY", "RUNNING", "2", "5", "SUCCEEDED"),
                await(jobs.eventsAfter(tenant, id, 0, 100)).stream()
                        .map(StoreContractTest::gist)
                        .toList());
    }

    @Test
    void eventsAreNumberedWithoutGapsAndResumeAnywhere() {
        JobId id = submit().id();
        Lease lease = take(id, Stage.MAP, false);
        await(work.reportMapping(lease, 0.25));
        assertEquals(
                List.of(1L, 2L, 3L),
                await(jobs.eventsAfter(tenant, id, 0, 100)).stream()
                        .map(JobEvent::number)
                        .toList());
        assertEquals(
                List.of(3L),
                await(jobs.eventsAfter(tenant, id, 2, 100)).stream()
                        .map(JobEvent::number)
                        .toList());
    }

    @Test
    void aLeaseIsGivenOnceAndADuplicateMessageIsTurnedAway() {
        JobId id = submit().id();
        take(id, Stage.MAP, false);
        assertInstanceOf(Claim.HeldByAnother.class, await(claims.claim(id, Stage.MAP, "second", false)));
    }

    @Test
    void aWorkerThatWasTakenOverCanWriteNothing() {
        JobId id = submit().id();
        Lease zombie = take(id, Stage.MAP, false);
        Lease current = take(id, Stage.MAP, true);
        assertTrue(current.fence() > zombie.fence());

        assertEquals(Pulse.LOST, await(work.heartbeat(zombie)));
        List<Uni<?>> writes = List.of(
                work.reportMapping(zombie, 0.5),
                work.reportLosses(zombie, Samples.losses(0, 1)),
                work.rewindTo(zombie, 0),
                work.saveCheckpoint(zombie, new Checkpoint(1, new byte[] {1})),
                work.finishMap(zombie, List.of()),
                work.finishRun(zombie, Samples.result()),
                work.fail(zombie, new Failure("bug", "late")),
                work.confirmCancel(zombie),
                work.handBack(zombie),
                work.retryLater(zombie, new Failure("trouble", "late")));
        Job before = await(jobs.find(tenant, id)).orElseThrow();
        for (Uni<?> write : writes) {
            assertThrows(LeaseLost.class, () -> await(write));
        }
        assertEquals(before, await(jobs.find(tenant, id)).orElseThrow());
        assertEquals(Pulse.GO_ON, await(work.heartbeat(current)));
    }

    @Test
    void anAbandonedJobGoesBackAndOnFromItsCheckpoint() {
        JobId id = submit(false).id();
        Lease lost = take(id, Stage.RUN, false);
        await(work.reportLosses(lost, Samples.losses(0, 10)));
        await(work.saveCheckpoint(lost, new Checkpoint(10, new byte[] {42})));
        await(work.reportLosses(lost, Samples.losses(10, 15)));

        clock.advance(Lease.TIME_TO_LIVE.minusSeconds(1));
        await(sweeps.returnAbandoned());
        assertEquals(JobState.RUNNING, state(id), "the lease still holds");
        clock.advance(Duration.ofSeconds(2));
        await(sweeps.returnAbandoned());
        assertEquals(JobState.READY, state(id));

        Lease next = take(id, Stage.RUN, false);
        Checkpoint checkpoint = await(work.inputs(id)).checkpoint().orElseThrow();
        assertEquals(10, checkpoint.step());
        assertArrayEquals(new byte[] {42}, checkpoint.bytes());
        await(work.rewindTo(next, 10));
        await(work.reportLosses(next, Samples.losses(10, 20)));
        assertEquals(
                Samples.losses(0, 20),
                await(jobs.details(tenant, id)).orElseThrow().losses());
        assertThrows(LeaseLost.class, () -> await(work.finishRun(lost, Samples.result())));
    }

    @Test
    void aReportThatIsToldAgainReplacesTheFirst() {
        JobId id = submit(false).id();
        Lease lease = take(id, Stage.RUN, false);
        await(work.reportLosses(lease, Samples.losses(0, 3)));
        await(work.reportLosses(lease, Samples.losses(0, 5)));
        assertEquals(
                Samples.losses(0, 5),
                await(jobs.details(tenant, id)).orElseThrow().losses());
    }

    @Test
    void aHeartbeatKeepsTheLease() {
        JobId id = submit().id();
        Lease lease = take(id, Stage.MAP, false);
        for (int i = 0; i < 3; i++) {
            clock.advance(Lease.TIME_TO_LIVE.minusSeconds(1));
            assertEquals(Pulse.GO_ON, await(work.heartbeat(lease)));
            await(sweeps.returnAbandoned());
        }
        assertEquals(JobState.MAPPING, state(id));
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndARunningOneByItsWorker() {
        JobId waiting = submit().id();
        assertEquals(
                JobState.CANCELLED,
                await(jobs.cancel(tenant, waiting)).orElseThrow().state());
        assertInstanceOf(Claim.NotWanted.class, await(claims.claim(waiting, Stage.MAP, "late", false)));

        JobId running = submit().id();
        Lease lease = take(running, Stage.MAP, false);
        assertEquals(
                JobState.CANCELLING,
                await(jobs.cancel(tenant, running)).orElseThrow().state());
        assertEquals(Pulse.CANCEL, await(work.heartbeat(lease)));
        await(work.confirmCancel(lease));
        assertEquals(JobState.CANCELLED, state(running));
        assertThrows(IllegalTransition.class, () -> await(jobs.cancel(tenant, running)));
    }

    @Test
    void aJobWhoseWorkerDiedWhileCancellingIsCancelled() {
        JobId id = submit().id();
        take(id, Stage.MAP, false);
        await(jobs.cancel(tenant, id));
        clock.advance(Lease.TIME_TO_LIVE.plusSeconds(1));
        await(sweeps.returnAbandoned());
        assertEquals(JobState.CANCELLED, state(id));
    }

    @Test
    void aJobThatGetsNowhereFailsWithItsLastReason() {
        JobId id = submit().id();
        for (int i = 0; i < ClaimStore.FRUITLESS_ATTEMPTS_MAX; i++) {
            await(work.retryLater(take(id, Stage.MAP, false), new Failure("trouble", "disk away " + i)));
        }
        assertInstanceOf(Claim.NotWanted.class, await(claims.claim(id, Stage.MAP, "last", false)));
        Job failed = await(jobs.find(tenant, id)).orElseThrow();
        assertEquals(JobState.FAILED, failed.state());
        assertEquals("attempts-exhausted", failed.failure().orElseThrow().kind());
        assertTrue(failed.failure().orElseThrow().detail().endsWith("disk away 4"));

        assertEquals(
                JobState.QUEUED, await(jobs.replay(tenant, id)).orElseThrow().state());
        take(id, Stage.MAP, false);
    }

    @Test
    void handingBackAtShutdownCostsNoTry() {
        JobId id = submit().id();
        for (int i = 0; i < 3 * ClaimStore.FRUITLESS_ATTEMPTS_MAX; i++) {
            await(work.handBack(take(id, Stage.MAP, false)));
        }
        assertEquals(JobState.QUEUED, state(id));
    }

    @Test
    void deadlinesEndJobsWithDifferentReasons() {
        JobId waiting = submit().id();
        clock.advance(HOUR.plusSeconds(1));
        JobId slow = submit().id();
        take(slow, Stage.MAP, false);
        await(sweeps.expireLate());
        assertEquals("queue-deadline-passed", failureKind(waiting));
        assertEquals(JobState.EXPIRED, state(waiting));
        assertEquals(JobState.MAPPING, state(slow));

        clock.advance(Duration.ofMinutes(11));
        await(sweeps.expireLate());
        assertEquals("run-deadline-passed", failureKind(slow));
        assertEquals(JobState.EXPIRED, state(slow));
    }

    @Test
    void aJobWhoseMessageWasLostIsAnnouncedAgain() {
        // The tests share a store and a clock: jobs that others left waiting are reminded before this one counts.
        await(sweeps.remind());
        submit();
        assertEquals(0, await(sweeps.remind()));
        clock.advance(SweepStore.MESSAGE_PATIENCE.plusSeconds(1));
        assertTrue(await(sweeps.remind()) >= 1);
        assertEquals(0, await(sweeps.remind()));
    }

    @Test
    void expiredResultsAreDeleted() {
        JobId id = submit().id();
        await(jobs.cancel(tenant, id));
        clock.advance(Duration.ofDays(8));
        assertTrue(await(retention.deleteExpiredJobs()) >= 1);
        assertEquals(Optional.empty(), await(jobs.find(tenant, id)));
        assertEquals(Optional.empty(), await(jobs.content(tenant, id, Artefact.INPUT)));
    }

    @Test
    void nothingOfATenantIsVisibleToAnother() {
        JobId id = submit().id();
        assertEquals(Optional.empty(), await(jobs.find(stranger, id)));
        assertEquals(Optional.empty(), await(jobs.details(stranger, id)));
        assertEquals(Optional.empty(), await(jobs.content(stranger, id, Artefact.INPUT)));
        assertEquals(Optional.empty(), await(jobs.artefact(stranger, id, Artefact.INPUT)));
        assertEquals(Optional.empty(), await(jobs.cancel(stranger, id)));
        assertEquals(Optional.empty(), await(jobs.replay(stranger, id)));
        assertEquals(List.of(), await(jobs.eventsAfter(stranger, id, 0, 10)));
        assertEquals(
                List.of(),
                await(jobs.list(stranger, JobFilter.ALL, Optional.empty(), 10)).jobs());
        assertEquals(Optional.empty(), await(jobs.content(stranger, id, Artefact.INPUT, 0, 1)));
        assertEquals(Optional.empty(), await(jobs.keep(stranger, id, Optional.empty(), Optional.of(true))));
        assertEquals(JobState.QUEUED, state(id));
        assertFalse(await(jobs.find(tenant, id)).orElseThrow().pinned());
    }

    private Job submit() {
        return submit(true);
    }

    private Job submit(boolean needsMap) {
        return await(jobs.submit(new Submission(
                new JobId(UUID.randomUUID()),
                tenant,
                Lane.INTERACTIVE,
                Optional.of("order 7"),
                Optional.empty(),
                Samples.settings(),
                needsMap,
                IMAGE,
                "image/png",
                HOUR,
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                Optional.empty(),
                Optional.empty())));
    }

    private Lease take(JobId id, Stage stage, boolean takeOver) {
        return assertInstanceOf(Claim.Taken.class, await(claims.claim(id, stage, "worker", takeOver)))
                .lease();
    }

    private JobState state(JobId id) {
        return await(jobs.find(tenant, id)).orElseThrow().state();
    }

    private String failureKind(JobId id) {
        return await(jobs.find(tenant, id))
                .orElseThrow()
                .failure()
                .orElseThrow()
                .kind();
    }

    private static String gist(JobEvent event) {
        String wanted = event.kind().equals(JobEvent.STATE)
                ? "state\": *\"([A-Z]+)"
                : event.body().contains("\"step\"") ? "step\": *([0-9]+)" : "progress\": *([0-9.]+)";
        var matcher = java.util.regex.Pattern.compile(wanted).matcher(event.body());
        assertTrue(matcher.find(), event.body());
        return matcher.group(1);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
