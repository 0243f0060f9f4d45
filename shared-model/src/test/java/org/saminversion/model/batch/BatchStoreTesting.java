package org.saminversion.model.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.IntakeStore.Intake;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.Claim;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.MovableClock;
import org.saminversion.model.store.RetentionStore;
import org.saminversion.model.store.RunResult;
import org.saminversion.model.store.Stage;
import org.saminversion.model.store.WorkStore;

/** Batches in any state, and the stores that they went through, on a real PostgreSQL. */
abstract class BatchStoreTesting {
    static final Duration DAY = Duration.ofDays(1);
    static final JobSettings SETTINGS = new JobSettings("faces64", "wplus", 0.5, 5, 7, Map.of(), List.of());
    static final int WINDOW = 3;

    @Inject
    BatchStore batches;

    @Inject
    UploadStore uploads;

    @Inject
    IntakeStore intakes;

    @Inject
    FeedStore feed;

    @Inject
    TendStore tending;

    @Inject
    ResultStore results;

    @Inject
    JobStore jobs;

    @Inject
    ClaimStore claims;

    @Inject
    WorkStore work;

    @Inject
    RetentionStore retention;

    @Inject
    MovableClock clock;

    final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    final Tenant stranger = new Tenant("stranger");
    final List<BatchId> opened = new ArrayList<>();
    Optional<EndpointId> callback = Optional.empty();

    /** A batch that waits to be checked would be found by the next test. */
    @AfterEach
    void endAll() {
        for (BatchId batch : opened) {
            if (!state(batch).isFinal()) {
                await(batches.cancel(tenant, batch));
                await(tending.tend(batch));
            }
        }
    }

    Batch begin(BatchFormat format, OnError onError) {
        Batch batch = await(batches.create(new NewBatch(
                new BatchId(UUID.randomUUID()),
                tenant,
                Optional.of("spring"),
                format,
                onError,
                "{\"steps\":5}",
                DAY,
                DAY,
                callback,
                Optional.empty())));
        opened.add(batch.id());
        return batch;
    }

    Intake intake(OnError onError) {
        Batch batch = begin(BatchFormat.ZIP, onError);
        await(uploads.append(tenant, batch.id(), 0, new byte[] {1}));
        await(batches.finishUpload(tenant, batch.id()));
        Intake intake = await(intakes.claim()).orElseThrow();
        assertEquals(batch.id(), intake.batch().id());
        return intake;
    }

    Intake open(int items) {
        Intake intake = intake(OnError.CONTINUE);
        await(intakes.add(
                intake,
                LongStream.rangeClosed(1, items)
                        .mapToObj(line -> item(line, "item " + line))
                        .toList(),
                List.of(),
                items));
        await(intakes.finish(intake));
        return intake;
    }

    NewItem item(long line, String customId) {
        return new NewItem(line, customId, new NewItem.Stored(picture(line), "image/png"), SETTINGS, false);
    }

    byte[] picture(long line) {
        return (tenant + " " + line).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static LineError wrong(long line) {
        return new LineError(line, Optional.empty(), "line-malformed", "nonsense");
    }

    void start(ItemToStart item) {
        submit(item.job(), Duration.between(clock.instant(), item.expires()));
        await(feed.started(item));
    }

    void submit(JobId id, Duration retention) {
        await(jobs.submit(new Submission(
                id,
                tenant,
                Lane.BULK,
                Optional.empty(),
                Optional.empty(),
                SETTINGS,
                false,
                new byte[] {1},
                "image/png",
                DAY,
                DAY,
                retention,
                Optional.empty(),
                Optional.empty())));
    }

    void succeed(JobId job) {
        await(work.finishRun(
                take(job),
                new RunResult(
                        List.of(new Content(Artefact.RECONSTRUCTION, Content.PNG, new byte[] {9})),
                        new JobQuality(31.5, 0.04),
                        Map.of("W+", 1.0),
                        Map.of())));
    }

    void fail(JobId job) {
        await(work.fail(take(job), new Failure("work-poisoned", "NaN")));
        assertEquals(
                JobState.FAILED, await(jobs.find(tenant, job)).orElseThrow().state());
    }

    Lease take(JobId job) {
        return assertInstanceOf(Claim.Taken.class, await(claims.claim(job, Stage.RUN, "worker", false)))
                .lease();
    }

    void tend(Intake batch) {
        await(tending.tend(batch.batch().id()));
        await(tending.tend(batch.batch().id()));
    }

    List<Tenant> hungry() {
        return await(feed.hungryTenants()).stream().filter(tenant::equals).toList();
    }

    BatchDetails details(Intake batch) {
        return await(batches.details(tenant, batch.batch().id())).orElseThrow();
    }

    BatchState state(BatchId id) {
        return await(batches.find(tenant, id)).orElseThrow().state();
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
