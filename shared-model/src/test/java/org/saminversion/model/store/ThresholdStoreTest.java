package org.saminversion.model.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Job;
import org.saminversion.model.JobFilter;
import org.saminversion.model.JobId;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.outbox.OutboxRelay;

/** What the store of jobs with another threshold promises, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ThresholdStoreTest {
    private static final byte[] IMAGE = {5, 5};
    private static final byte[] MAP = {6};
    private static final byte[] PICTURE = {7};
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    JobStore jobs;

    @Inject
    ClaimStore claims;

    @Inject
    WorkStore work;

    @Inject
    ThresholdStore thresholds;

    @Inject
    Database database;

    @Inject
    JobChanges changes;

    @Inject
    Idempotency idempotency;

    @Inject
    OutboxRelay relay;

    @Inject
    Pool pool;

    @Inject
    InstantSource clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());

    @Test
    void theNewJobTakesTheMapAndWaitsForTheGpu() {
        JobId original = mapped();
        Job made = await(submit(tenant, original)).orElseThrow();

        Job first = await(jobs.find(tenant, original)).orElseThrow();
        assertEquals(made, await(jobs.find(tenant, made.id())).orElseThrow());
        assertEquals(JobState.READY, made.state());
        assertEquals(0.25, made.settings().tau());
        assertEquals(first.settings().edits(), made.settings().edits());
        assertEquals(first.settings().steps(), made.settings().steps());
        assertEquals(first.settings().chosen(), made.settings().chosen());
        assertEquals(first.inputSha256(), made.inputSha256());
        assertArrayEquals(IMAGE, bytes(made.id(), Artefact.INPUT));
        assertArrayEquals(MAP, bytes(made.id(), Artefact.MAP));
        assertArrayEquals(PICTURE, bytes(made.id(), Artefact.MAP_PICTURE));
        assertInstanceOf(Claim.Taken.class, await(claims.claim(made.id(), Stage.RUN, "test-worker", false)));
    }

    @Test
    void withoutAMapThereIsNoNewJob() {
        assertEquals(Optional.empty(), await(submit(tenant, queued())));
        assertEquals(Optional.empty(), await(submit(tenant, new JobId(UUID.randomUUID()))));
    }

    @Test
    void theMapOfAnotherTenantIsNotTaken() {
        assertEquals(Optional.empty(), await(submit(new Tenant("stranger"), mapped())));
    }

    @Test
    void aTenantWithTooManyJobsWaitingGetsNoMore() {
        ThresholdStore strict =
                new ThresholdStore(database, changes, new QueueDepth(pool, clock, 0), idempotency, relay);
        assertThrows(QueueFull.class, () -> await(strict.submit(wish(tenant, mapped()))));
    }

    @Test
    void aRequestThatIsSentTwiceMakesOneJob() {
        JobId original = mapped();
        IdempotencyKey key = new IdempotencyKey(tenant, "POST with-tau", "order-1", "a".repeat(64));
        StoredAnswer first = assertInstanceOf(
                        Once.Done.class, await(thresholds.submitOnce(wish(tenant, original), key, this::told)))
                .answer();
        assertEquals(new Once.Replayed(first), await(thresholds.submitOnce(wish(tenant, original), key, this::told)));
        assertEquals(
                2,
                await(jobs.list(tenant, JobFilter.ALL, Optional.empty(), 10))
                        .jobs()
                        .size());

        IdempotencyKey other = new IdempotencyKey(tenant, "POST with-tau", "order-1", "b".repeat(64));
        assertEquals(new Once.OtherRequest(), await(thresholds.submitOnce(wish(tenant, original), other, this::told)));
    }

    @Test
    void aRepeatedRequestIsAnsweredEvenWhenTheQueueIsFull() {
        JobId original = mapped();
        IdempotencyKey key = new IdempotencyKey(tenant, "POST with-tau", "order-3", "a".repeat(64));
        ThresholdStore strict =
                new ThresholdStore(database, changes, new QueueDepth(pool, clock, 0), idempotency, relay);
        assertThrows(QueueFull.class, () -> await(strict.submitOnce(wish(tenant, original), key, this::told)));

        StoredAnswer first = assertInstanceOf(
                        Once.Done.class, await(thresholds.submitOnce(wish(tenant, original), key, this::told)))
                .answer();
        assertEquals(new Once.Replayed(first), await(strict.submitOnce(wish(tenant, original), key, this::told)));
    }

    @Test
    void anAnswerThatIsRefusedLeavesTheKeyFree() {
        IdempotencyKey key = new IdempotencyKey(tenant, "POST with-tau", "order-2", "a".repeat(64));
        assertThrows(
                NoSuchElementException.class,
                () -> await(thresholds.submitOnce(wish(tenant, queued()), key, this::told)));
        assertInstanceOf(Once.Done.class, await(thresholds.submitOnce(wish(tenant, mapped()), key, this::told)));
    }

    private StoredAnswer told(Optional<Job> made) {
        return new StoredAnswer(202, made.orElseThrow().id().toString(), "{}");
    }

    private Uni<Optional<Job>> submit(Tenant owner, JobId original) {
        return thresholds.submit(wish(owner, original));
    }

    private static ThresholdStore.Wish wish(Tenant owner, JobId original) {
        return new ThresholdStore.Wish(owner, original, new JobId(UUID.randomUUID()), 0.25, PICTURE, Optional.empty());
    }

    private byte[] bytes(JobId job, String artefact) {
        return await(jobs.content(tenant, job, artefact)).orElseThrow().bytes();
    }

    private JobId mapped() {
        JobId id = queued();
        Claim.Taken taken =
                assertInstanceOf(Claim.Taken.class, await(claims.claim(id, Stage.MAP, "test-worker", false)));
        await(work.finishMap(taken.lease(), List.of(new Content(Artefact.MAP, Content.SAFETENSORS, MAP))));
        return id;
    }

    private JobId queued() {
        return await(jobs.submit(new Submission(
                        new JobId(UUID.randomUUID()),
                        tenant,
                        Lane.INTERACTIVE,
                        Optional.empty(),
                        Optional.empty(),
                        Samples.settings(),
                        true,
                        IMAGE,
                        "image/png",
                        HOUR,
                        HOUR,
                        HOUR.multipliedBy(24),
                        Optional.empty(),
                        Optional.empty())))
                .id();
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
