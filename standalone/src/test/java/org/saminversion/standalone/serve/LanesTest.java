package org.saminversion.standalone.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Job;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.JobStore;

/** A catalogue and a person at one worker with one slot, on a real broker. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class LanesTest {
    private static final int SOON_SECONDS = 30;
    /** At 50 ms each, longer than any wait here. */
    private static final int ENDLESS_STEPS = 5_000;

    @Inject
    JobStore jobs;

    @ConfigProperty(name = "sam.gpu.slots")
    int slots;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());

    @Test
    void aPersonDoesNotWaitForACatalogueWhichGoesOnWhereItWas() {
        assertEquals(1, slots, "the test is about the last slot");
        JobId bulk = submit(Lane.BULK, ENDLESS_STEPS, ScriptedEngine.SLOW_FROM + 100);
        JobId waiting = submit(Lane.BULK, 1, 1);
        int before = await(bulk, job -> job.step() > 0).step();

        JobId person = submit(Lane.INTERACTIVE, 1, 2);
        await(person, job -> job.state() == JobState.SUCCEEDED);

        Job again = await(bulk, job -> job.state() == JobState.RUNNING && job.step() > before);
        assertEquals(0, again.failure().stream().count());
        jobs.cancel(tenant, bulk).await().atMost(Duration.ofSeconds(SOON_SECONDS));
        await(bulk, job -> job.state() == JobState.CANCELLED);
        await(waiting, job -> job.state() == JobState.SUCCEEDED);
    }

    @Test
    void manyPeopleAreServedBeforeTheCatalogueGoesOn() {
        JobId bulk = submit(Lane.BULK, ENDLESS_STEPS, ScriptedEngine.SLOW_FROM + 101);
        await(bulk, job -> job.state() == JobState.RUNNING);
        List<JobId> people =
                List.of(submit(Lane.INTERACTIVE, 2, 3), submit(Lane.INTERACTIVE, 2, 4), submit(Lane.INTERACTIVE, 2, 5));
        people.forEach(person -> await(person, job -> job.state() == JobState.SUCCEEDED));
        assertTrue(!find(bulk).state().isFinal(), "the catalogue waited, and nothing of it was lost");
        jobs.cancel(tenant, bulk).await().atMost(Duration.ofSeconds(SOON_SECONDS));
        await(bulk, job -> job.state() == JobState.CANCELLED);
    }

    @Test
    void theMapOfACatalogueGoesOnWhereItWas() throws Exception {
        JobId bulk = submit("sam", Lane.BULK, ENDLESS_STEPS, ScriptedEngine.LONG_MAP_FROM);
        Job before = await(bulk, job -> job.progress() > 20.0 / ENDLESS_STEPS);

        JobId person = submit("sam", Lane.INTERACTIVE, 1, 2);
        await(person, job -> job.state() == JobState.SUCCEEDED);

        Job again = await(bulk, job -> job.state() == JobState.MAPPING && job.progress() > before.progress());
        List<Double> told = jobs
                .eventsAfter(tenant, bulk, before.version(), (int) again.version())
                .await()
                .atMost(Duration.ofSeconds(SOON_SECONDS))
                .stream()
                .filter(event -> event.kind().equals(JobEvent.PROGRESS))
                .map(event -> Double.valueOf(event.body().replaceAll(".*\"progress\": *([0-9.E-]+).*", "$1")))
                .toList();
        assertTrue(told.size() > 0 && told.stream().allMatch(progress -> progress > before.progress()), "" + told);
        jobs.cancel(tenant, bulk).await().atMost(Duration.ofSeconds(SOON_SECONDS));
        await(bulk, job -> job.state() == JobState.CANCELLED);
    }

    private JobId submit(Lane lane, int steps, long seed) {
        return submit("wplus", lane, steps, seed);
    }

    private JobId submit(String method, Lane lane, int steps, long seed) {
        return jobs.submit(new Submission(
                        new JobId(UUID.randomUUID()),
                        tenant,
                        lane,
                        Optional.empty(),
                        Optional.empty(),
                        new JobSettings("faces64", method, 0.5, steps, seed, Map.of(), List.of()),
                        method.equals("sam"),
                        Pictures.png(16, 16),
                        "image/png",
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Optional.empty(),
                        Optional.empty()))
                .await()
                .atMost(Duration.ofSeconds(SOON_SECONDS))
                .id();
    }

    private Job await(JobId id, Predicate<Job> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
        Job job = find(id);
        while (!wanted.test(job)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time: " + job);
            }
            pause();
            job = find(id);
        }
        return job;
    }

    private Job find(JobId id) {
        return jobs.find(tenant, id)
                .await()
                .atMost(Duration.ofSeconds(SOON_SECONDS))
                .orElseThrow();
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
