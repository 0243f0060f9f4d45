package org.saminversion.model.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Lane;
import org.saminversion.model.LossRecord;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.BackendsResource;
import org.saminversion.model.store.Claim;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.MovableClock;
import org.saminversion.model.store.Stage;
import org.saminversion.model.store.WorkStore;

/** What is told of a job, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class JobCallbacksTest {
    private static final Duration LONG = Duration.ofDays(300);

    @Inject
    EndpointStore endpoints;

    @Inject
    DeliveryStore deliveries;

    @Inject
    SendStore sends;

    @Inject
    JobStore jobs;

    @Inject
    ClaimStore claims;

    @Inject
    WorkStore work;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private EndpointId endpoint;

    @BeforeEach
    void makeAnEndpoint() {
        EndpointDraft draft = new EndpointDraft("https://receiver.example/", "", CallbackEvent.DEFAULT);
        endpoint = await(endpoints.obtain(tenant, draft, new EndpointId(UUID.randomUUID()), "whsec_AAAA"))
                .endpoint()
                .id();
    }

    @AfterEach
    void leaveNothingDueToOtherTests() {
        await(endpoints.delete(tenant, endpoint));
    }

    @Test
    void byDefaultOnlyTheEndIsTold() {
        JobId job = submit(CallbackEvent.DEFAULT);
        Lease lease = run(job);
        await(work.reportLosses(lease, losses(0)));
        assertEquals(List.of(), types(job));
        await(work.fail(lease, new Failure("work-poisoned", "x".repeat(30_000))));
        assertEquals(List.of("inversion.failed"), types(job));
        DeliveryDetails told =
                await(deliveries.details(tenant, list(job).get(0).id())).orElseThrow();
        assertTrue(told.body().contains("\"id\":\"" + job + "\""), told.body());
        assertTrue(told.body().contains("\"kind\":\"work-poisoned\""), told.body());
        assertTrue(told.body().length() < DeliveryDraft.BODY_BYTES_MAX);
    }

    @Test
    void statesAndProgressAreToldAndProgressNotTooOften() {
        JobId job = submit(Set.of(CallbackEvent.STATE, CallbackEvent.PROGRESS));
        Lease lease = run(job);
        for (int step = 0; step < 5; step++) {
            await(work.reportLosses(lease, losses(step)));
            clock.advance(Duration.ofMillis(250));
        }
        await(jobs.cancel(tenant, job));
        await(work.confirmCancel(lease));
        assertEquals(
                List.of(
                        "inversion.ready",
                        "inversion.running",
                        "inversion.progress",
                        "inversion.progress",
                        "inversion.progress",
                        "inversion.cancelling",
                        "inversion.cancelled"),
                types(job));
    }

    @Test
    void aDeletedEndpointIsToldNothingAndTheJobGoesOn() {
        JobId job = submit(CallbackEvent.DEFAULT);
        await(endpoints.delete(tenant, endpoint));
        await(jobs.cancel(tenant, job));
        assertEquals(List.of(), types(job));
    }

    @Test
    void operatorsSeeWhatIsLeftToTell() {
        SendStore.Left before = await(sends.left());
        submit(Set.of(CallbackEvent.STATE));
        clock.advance(Duration.ofSeconds(7));
        SendStore.Left after = await(sends.left());
        assertEquals(before.waiting() + 1, after.waiting());
        assertTrue(after.lag().compareTo(Duration.ofSeconds(7)) >= 0, after.toString());
        await(endpoints.delete(tenant, endpoint));
        assertEquals(before.waiting(), await(sends.left()).waiting());
    }

    private JobId submit(Set<CallbackEvent> events) {
        return await(jobs.submit(new Submission(
                        new JobId(UUID.randomUUID()),
                        tenant,
                        Lane.INTERACTIVE,
                        Optional.empty(),
                        Optional.empty(),
                        new JobSettings("faces64", "wplus", 0.5, 20, 7, Map.of(), List.of()),
                        false,
                        new byte[] {1},
                        "image/png",
                        LONG,
                        LONG,
                        LONG,
                        Optional.of(new Callback(endpoint, events)),
                        Optional.empty())))
                .id();
    }

    private Lease run(JobId job) {
        return assertInstanceOf(Claim.Taken.class, await(claims.claim(job, Stage.RUN, "worker", false)))
                .lease();
    }

    private static List<LossRecord> losses(int step) {
        return List.of(new LossRecord(step, 1, 0, 0, 0, 0, 0));
    }

    /** Of the messages about a job, the first one first. */
    private List<String> types(JobId job) {
        return list(job).stream()
                .sorted(Comparator.comparingLong(Delivery::number))
                .map(Delivery::type)
                .toList();
    }

    private List<Delivery> list(JobId job) {
        DeliveryFilter filter = new DeliveryFilter(Optional.empty(), Optional.of(job.value()), Optional.empty());
        return await(deliveries.list(tenant, filter, Optional.empty(), 100)).items();
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(30));
    }
}
