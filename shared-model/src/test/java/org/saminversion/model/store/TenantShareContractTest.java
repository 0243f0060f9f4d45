package org.saminversion.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;

/** A tenant's jobs above its share wait without losing anything, and no other tenant notices. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class TenantShareContractTest {
    @Inject
    JobStore jobs;

    @Inject
    ClaimStore claims;

    @Inject
    WorkStore work;

    @Inject
    Database database;

    @Inject
    MovableClock clock;

    @ConfigProperty(name = "sam.jobs.running-max")
    int runningMax;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());

    @Test
    void whatIsAboveTheShareIsParkedAndAnnouncedWhenAJobLeaves() {
        List<Lease> running = fill();
        JobId first = submit(tenant);
        JobId second = submit(tenant);
        assertInstanceOf(Claim.Parked.class, claim(first));
        clock.advance(Duration.ofSeconds(1));
        assertInstanceOf(Claim.Parked.class, claim(second));
        Job parked = await(jobs.find(tenant, first)).orElseThrow();
        assertEquals(JobState.READY, parked.state());
        assertEquals(0, parked.attempts(), "parking costs no try");

        Instant announced = clock.instant().plusSeconds(1);
        clock.advance(Duration.ofSeconds(1));
        await(work.handBack(running.get(0)));
        assertEquals(announced, announcedAt(first), "the longest waiting is announced");
        assertTrue(announcedAt(second).isBefore(announced));
        assertInstanceOf(Claim.Taken.class, claim(first));
        assertInstanceOf(Claim.Parked.class, claim(second));
    }

    @Test
    void aJobThatIsInWorkAlreadyIsTakenOverWhateverTheShare() {
        JobId mine = fill().get(0).job();
        assertInstanceOf(Claim.Taken.class, await(claims.claim(mine, Stage.RUN, "another", true)));
    }

    @Test
    void aParkedJobThatWasCancelledIsNotAnnounced() {
        List<Lease> running = fill();
        JobId cancelled = submit(tenant);
        JobId next = submit(tenant);
        assertInstanceOf(Claim.Parked.class, claim(cancelled));
        clock.advance(Duration.ofSeconds(1));
        assertInstanceOf(Claim.Parked.class, claim(next));
        await(jobs.cancel(tenant, cancelled));
        clock.advance(Duration.ofSeconds(1));
        await(work.handBack(running.get(0)));
        assertEquals(clock.instant(), announcedAt(next));
    }

    @Test
    void oneTenantsShareIsNoneOfAnothers() {
        fill();
        assertInstanceOf(Claim.Taken.class, claim(submit(new Tenant("tenant-" + UUID.randomUUID()))));
    }

    private List<Lease> fill() {
        List<Lease> running = new ArrayList<>();
        for (int i = 0; i < runningMax; i++) {
            running.add(
                    assertInstanceOf(Claim.Taken.class, claim(submit(tenant))).lease());
        }
        return running;
    }

    private Claim claim(JobId id) {
        return await(claims.claim(id, Stage.RUN, "worker", false));
    }

    private JobId submit(Tenant owner) {
        return await(jobs.submit(new Submission(
                        new JobId(UUID.randomUUID()),
                        owner,
                        Lane.BULK,
                        Optional.empty(),
                        Optional.empty(),
                        Samples.settings(),
                        false,
                        new byte[] {1},
                        "image/png",
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        Optional.empty(),
                        Optional.empty())))
                .id();
    }

    private Instant announcedAt(JobId id) {
        return await(database.inTransaction(
                session -> session.find(JobEntity.class, id.value()).map(row -> row.messageSentAt)));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
