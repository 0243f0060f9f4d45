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
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Artefact;
import org.saminversion.model.Job;
import org.saminversion.model.JobFilter;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.Lane;
import org.saminversion.model.Sha256;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;

/** What the stores promise to those who submit: once, in order, within limits, and for as long as they want. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class SubmissionContractTest {
    private static final String ROUTE = "POST /v1/inversions";
    private static final StoredAnswer ANSWER = new StoredAnswer(202, "/v1/inversions/1", "{}");
    private static final Duration RETENTION = Duration.ofDays(7);

    @Inject
    JobStore jobs;

    @Inject
    Idempotency idempotency;

    @Inject
    RetentionStore retention;

    @Inject
    Pool database;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private final Tenant stranger = new Tenant("stranger-" + UUID.randomUUID());

    @Test
    void aRepeatedRequestMakesOneJobAndGetsTheSameAnswer() {
        Once first = await(jobs.submitOnce(submission(tenant, 1), key(tenant, "a", "same"), this::answer));
        Once second = await(jobs.submitOnce(submission(tenant, 1), key(tenant, "a", "same"), this::answer));
        StoredAnswer told = assertInstanceOf(Once.Done.class, first).answer();
        assertEquals(told, assertInstanceOf(Once.Replayed.class, second).answer());
        assertEquals(List.of(told.location()), ids(tenant, JobFilter.ALL));
        assertInstanceOf(
                Once.OtherRequest.class,
                await(jobs.submitOnce(submission(tenant, 2), key(tenant, "a", "other"), this::answer)));
        assertEquals(1, ids(tenant, JobFilter.ALL).size());
    }

    @Test
    void keysOfOneTenantAreNothingToAnother() {
        await(jobs.submitOnce(submission(tenant, 1), key(tenant, "a", "same"), this::answer));
        assertInstanceOf(
                Once.Done.class,
                await(jobs.submitOnce(submission(stranger, 1), key(stranger, "a", "other"), this::answer)));
    }

    @Test
    void aKeyIsFreeAgainWhenItsTimeIsOver() {
        Uni<Once> request = Uni.createFrom()
                .deferred(() -> idempotency.once(
                        key(tenant, "a", "same"), connection -> Uni.createFrom().item(ANSWER)));
        assertInstanceOf(Once.Done.class, await(request));
        clock.advance(Duration.ofHours(47));
        assertInstanceOf(Once.Replayed.class, await(request));
        clock.advance(Duration.ofHours(2));
        assertInstanceOf(Once.Done.class, await(request));
        clock.advance(Duration.ofHours(49));
        assertTrue(await(retention.deleteOldAnswers()) >= 1);
    }

    @Test
    void aSecondRequestIsToldThatTheFirstIsInFlightAndAFailedOneLeavesTheKeyFree() {
        CompletableFuture<StoredAnswer> work = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Once> first = idempotency
                .once(key(tenant, "a", "same"), connection -> {
                    begun.complete(null);
                    return Uni.createFrom().completionStage(work);
                })
                .subscribeAsCompletionStage();
        begun.join();
        assertInstanceOf(
                Once.InFlight.class,
                await(idempotency.once(
                        key(tenant, "a", "same"), connection -> Uni.createFrom().item(ANSWER))));
        work.completeExceptionally(new IllegalStateException("the work failed"));
        assertThrows(RuntimeException.class, first::join);
        assertInstanceOf(
                Once.Done.class,
                await(idempotency.once(
                        key(tenant, "a", "another"),
                        connection -> Uni.createFrom().item(ANSWER))));
    }

    @Test
    void aTenantMayHaveOnlySoManyJobsWaiting() {
        await(jobs.submit(submission(tenant, 1)));
        QueueDepth two = new QueueDepth(database, clock, 2);
        await(two.requireRoom(tenant));
        QueueFull full = assertThrows(QueueFull.class, () -> await(two.requireRoom(tenant)));
        assertTrue(full.getMessage().contains("2 jobs"), full.getMessage());
        await(two.requireRoom(stranger));

        clock.advance(Duration.ofSeconds(2));
        await(two.requireRoom(tenant));
    }

    @Test
    void pagesGoThroughAllJobsNewestFirst() {
        List<String> submitted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            submitted.add(0, location(await(jobs.submit(submission(tenant, i)))));
            clock.advance(Duration.ofMillis(1));
        }
        List<String> seen = new ArrayList<>();
        Optional<JobPage.Position> position = Optional.empty();
        do {
            JobPage page = await(jobs.list(tenant, JobFilter.ALL, position, 2));
            page.jobs().forEach(job -> seen.add(location(job)));
            position = page.next();
        } while (position.isPresent());
        assertEquals(submitted, seen);
    }

    @Test
    void filtersShowWhatTheyNameAndNothingOfAnotherTenant() {
        Instant before = clock.instant();
        String old = location(await(jobs.submit(submission(tenant, 1))));
        clock.advance(Duration.ofSeconds(1));
        Instant between = clock.instant();
        Job young = await(jobs.submit(submission(tenant, 2)));
        await(jobs.cancel(tenant, young.id()));
        await(jobs.submit(submission(stranger, 1)));

        assertEquals(List.of(old), ids(tenant, filter(Optional.of(JobState.QUEUED), Optional.empty(), null, null)));
        assertEquals(
                List.of(location(young)), ids(tenant, filter(Optional.empty(), Optional.of("order 2"), null, null)));
        assertEquals(List.of(location(young)), ids(tenant, filter(Optional.empty(), Optional.empty(), between, null)));
        assertEquals(List.of(old), ids(tenant, filter(Optional.empty(), Optional.empty(), before, between)));
        assertEquals(List.of(), ids(tenant, filter(Optional.empty(), Optional.of("order 3"), null, null)));
        assertEquals(
                List.of(),
                ids(
                        tenant,
                        new JobFilter(
                                Optional.empty(),
                                Optional.of("cars"),
                                Optional.of("sam"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    @Test
    void aPartOfAnArtefactIsReadAlone() {
        JobId id = await(jobs.submit(submission(tenant, 1))).id();
        byte[] part = await(jobs.content(tenant, id, Artefact.INPUT, 1, 2))
                .orElseThrow()
                .bytes();
        assertArrayEquals(new byte[] {2, 3}, part);
    }

    @Test
    void aJobIsKeptAsLongAsItsTenantWants() {
        Job longer = over(submission(tenant, 1));
        Job pinned = over(submission(tenant, 2));
        Instant extended = clock.instant().plus(Duration.ofDays(30));
        assertEquals(
                extended,
                await(jobs.keep(tenant, longer.id(), Optional.of(extended), Optional.empty()))
                        .orElseThrow()
                        .times()
                        .expires());
        await(jobs.keep(tenant, pinned.id(), Optional.empty(), Optional.of(true)));
        clock.advance(Duration.ofDays(8));
        deleteAllExpired();
        assertEquals(2, ids(tenant, JobFilter.ALL).size());

        await(jobs.keep(tenant, pinned.id(), Optional.empty(), Optional.of(false)));
        deleteAllExpired();
        assertEquals(List.of(location(longer)), ids(tenant, JobFilter.ALL));
    }

    @Test
    void aDeletedJobIsRememberedForItsTenantAndAnUnknownOneIsNot() {
        JobId id = over(submission(tenant, 1)).id();
        assertFalse(await(jobs.isExpired(tenant, id)));
        clock.advance(RETENTION.plusSeconds(1));
        deleteAllExpired();
        assertTrue(await(jobs.isExpired(tenant, id)));
        assertFalse(await(jobs.isExpired(stranger, id)));
        assertFalse(await(jobs.isExpired(tenant, new JobId(UUID.randomUUID()))));
        assertEquals(0, await(rows("select count(*) from job_events where job_id = $1", id)));
        assertEquals(0, await(rows("select count(*) from artefacts where job_id = $1", id)));

        clock.advance(Duration.ofDays(91));
        while (await(retention.deleteOldTombstones()) > 0) {
            // Until there are none.
        }
        assertFalse(await(jobs.isExpired(tenant, id)));
    }

    @Test
    void bytesAreDeletedWithTheLastJobThatNamesThem() {
        byte[] image = ("picture of " + tenant.name()).getBytes(StandardCharsets.US_ASCII);
        Job first = over(submission(tenant, image, "one"));
        Job second = await(jobs.submit(submission(tenant, image, "two")));
        clock.advance(RETENTION.plusSeconds(1));
        deleteAllExpired();
        deleteAllBlobs();
        assertEquals(Optional.empty(), await(jobs.find(tenant, first.id())));
        assertArrayEquals(
                image,
                await(jobs.content(tenant, second.id(), Artefact.INPUT))
                        .orElseThrow()
                        .bytes());

        await(jobs.cancel(tenant, second.id()));
        deleteAllExpired();
        deleteAllBlobs();
        long left = await(database.preparedQuery("select count(*) from blobs where sha256 = $1")
                .execute(Tuple.of(Sha256.of(image)))
                .map(found -> found.iterator().next().getLong(0)));
        assertEquals(0, left);
    }

    private Job over(Submission submission) {
        Job job = await(jobs.submit(submission));
        return await(jobs.cancel(submission.tenant(), job.id())).orElseThrow();
    }

    private void deleteAllExpired() {
        while (await(retention.deleteExpiredJobs()) > 0) {
            // Until there are none.
        }
    }

    /** Twice round: the first chunk may begin in the middle. */
    private void deleteAllBlobs() {
        long chunks = 2
                + 2
                        * await(database.query("select count(*) from blobs")
                                .execute()
                                .map(found -> found.iterator().next().getLong(0)))
                        / RetentionStore.CHUNK;
        for (long i = 0; i < 2 * chunks; i++) {
            await(retention.deleteUnnamedBlobs());
        }
    }

    private Uni<Integer> rows(String query, JobId id) {
        return database.preparedQuery(query)
                .execute(Tuple.of(id.value()))
                .map(found -> found.iterator().next().getInteger(0));
    }

    private List<String> ids(Tenant owner, JobFilter filter) {
        return await(jobs.list(owner, filter, Optional.empty(), 100)).jobs().stream()
                .map(SubmissionContractTest::location)
                .toList();
    }

    private static JobFilter filter(Optional<JobState> state, Optional<String> customId, Instant from, Instant before) {
        return new JobFilter(
                state,
                Optional.empty(),
                Optional.empty(),
                customId,
                Optional.empty(),
                Optional.ofNullable(from),
                Optional.ofNullable(before));
    }

    private StoredAnswer answer(Job job) {
        return new StoredAnswer(202, location(job), "{\"id\":\"" + job.id() + "\"}");
    }

    private static String location(Job job) {
        return "/v1/inversions/" + job.id();
    }

    private static IdempotencyKey key(Tenant owner, String key, String request) {
        return new IdempotencyKey(owner, ROUTE, key, Sha256.of(request.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Submission submission(Tenant owner, int order) {
        return submission(owner, new byte[] {1, 2, 3, -4}, "order " + order);
    }

    private static Submission submission(Tenant owner, byte[] image, String customId) {
        return new Submission(
                new JobId(UUID.randomUUID()),
                owner,
                Lane.INTERACTIVE,
                Optional.of(customId),
                Optional.empty(),
                Samples.settings(),
                true,
                image,
                "image/png",
                Duration.ofDays(30),
                Duration.ofMinutes(10),
                RETENTION,
                Optional.empty(),
                Optional.empty());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
