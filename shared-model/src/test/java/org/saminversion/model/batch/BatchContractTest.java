package org.saminversion.model.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.JobQuality;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.IntakeStore.Intake;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.BackendsResource;
import org.saminversion.model.store.Claim;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.MovableClock;
import org.saminversion.model.store.RunResult;
import org.saminversion.model.store.Stage;
import org.saminversion.model.store.SweepStore;
import org.saminversion.model.store.WorkStore;

/** What the stores of batches promise, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BatchContractTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final JobSettings SETTINGS = new JobSettings("faces64", "wplus", 0.5, 5, 7, List.of());
    private static final int WINDOW = 3;

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
    SweepStore sweeps;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private final Tenant stranger = new Tenant("stranger");
    private final List<BatchId> opened = new ArrayList<>();

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

    @Test
    void aBatchReadsBackAsItWasBegun() {
        Batch begun = begin(BatchFormat.ZIP, OnError.CONTINUE);
        assertEquals(begun, await(batches.find(tenant, begun.id())).orElseThrow());
        assertEquals(BatchState.UPLOADING, begun.state());
        assertEquals(Optional.of("spring"), begun.name());
        assertTrue(begun.defaults().contains("\"steps\""));
        assertEquals(clock.instant().plus(DAY), begun.times().deadline());
        assertEquals(clock.instant().plus(DAY).plus(DAY), begun.times().expires());
    }

    @Test
    void anUploadGoesOnWhereItBroke() {
        Batch batch = begin(BatchFormat.CSV, OnError.CONTINUE);
        assertEquals(Optional.of(3L), await(uploads.append(tenant, batch.id(), 0, new byte[] {1, 2, 3})));
        WrongOffset gap =
                assertThrows(WrongOffset.class, () -> await(uploads.append(tenant, batch.id(), 4, new byte[] {5})));
        assertEquals(3, gap.expected());
        assertThrows(WrongOffset.class, () -> await(uploads.append(tenant, batch.id(), 0, new byte[] {9})));
        assertEquals(Optional.of(5L), await(uploads.append(tenant, batch.id(), 3, new byte[] {4, 5})));
        assertEquals(Map.of(0L, 3, 3L, 2), await(uploads.chunks(batch)));
        assertArrayEquals(new byte[] {4, 5}, await(uploads.chunk(batch, 3)).orElseThrow());
        await(batches.finishUpload(tenant, batch.id()));
        assertThrows(IllegalBatchTransition.class, () -> await(uploads.append(tenant, batch.id(), 5, new byte[1])));
    }

    @Test
    void goodLinesBecomeItemsAndWrongOnesAreReported() {
        Intake intake = intake(OnError.CONTINUE);
        await(intakes.add(
                intake,
                List.of(item(2, "a"), item(3, "b"), item(5, "a")),
                List.of(wrong(4), new LineError(6, Optional.of("c"), "line-malformed", "no")),
                5));
        await(intakes.finish(intake));

        BatchDetails details = details(intake);
        assertEquals(BatchState.OPEN, details.batch().state());
        assertEquals(5, details.batch().linesRead());
        assertEquals(new BatchCounts(3, 2, 0, 0, 0, 0, 0, 0), details.counts());
        assertEquals(
                List.of("line-malformed 2 4", "custom-id-invalid 1 5"),
                details.causes().stream()
                        .map(cause -> cause.kind() + " " + cause.count() + " " + cause.firstLine())
                        .toList());
        assertEquals(
                List.of(4L, 5L, 6L),
                await(results.errors(tenant, intake.batch().id(), 0, 10)).stream()
                        .map(LineError::line)
                        .toList());
        assertEquals(
                List.of(6L),
                await(results.errors(tenant, intake.batch().id(), 5, 10)).stream()
                        .map(LineError::line)
                        .toList());
        assertEquals(Map.of(), await(uploads.chunks(intake.batch())), "the upload is no longer needed");
    }

    @Test
    void oneWrongLineRefusesABatchThatWantsAllOrNothing() {
        Intake intake = intake(OnError.REJECT);
        await(intakes.add(intake, List.of(item(1, "a")), List.of(wrong(2)), 2));
        await(intakes.finish(intake));
        Batch refused = await(batches.find(tenant, intake.batch().id())).orElseThrow();
        assertEquals(BatchState.REJECTED, refused.state());
        assertEquals("batch-refused", refused.failure().orElseThrow().kind());
        assertEquals(List.of(), await(feed.claim(tenant, WINDOW, 10)));
    }

    @Test
    void aBatchWithoutAGoodLineIsRefused() {
        Intake intake = intake(OnError.CONTINUE);
        await(intakes.finish(intake));
        assertEquals(BatchState.REJECTED, state(intake.batch().id()));
    }

    @Test
    void aCheckerThatIsThoughtDeadCanWriteNothingMore() {
        Intake lost = intake(OnError.CONTINUE);
        await(intakes.add(lost, List.of(item(1, "a")), List.of(), 1));
        assertEquals(Optional.empty(), await(intakes.claim()));
        clock.advance(IntakeStore.PATIENCE.plusSeconds(1));
        Intake next = await(intakes.claim()).orElseThrow();
        assertEquals(1, next.batch().linesRead(), "it goes on after what is stored");
        List<Uni<?>> writes = List.of(
                intakes.add(lost, List.of(item(2, "b")), List.of(), 2),
                intakes.finish(lost),
                intakes.refuse(lost, new Failure("archive-unreadable", "late")),
                intakes.handBack(lost));
        for (Uni<?> write : writes) {
            assertThrows(IntakeLost.class, () -> await(write));
        }
        await(intakes.handBack(next));
        await(intakes.finish(await(intakes.claim()).orElseThrow()));
        assertEquals(1, details(next).counts().items());
    }

    @Test
    void aBatchThatIsCancelledWhileItIsCheckedStopsTheCheck() {
        Intake intake = intake(OnError.CONTINUE);
        await(batches.cancel(tenant, intake.batch().id()));
        assertThrows(IntakeLost.class, () -> await(intakes.finish(intake)));
    }

    @Test
    void itemsBecomeJobsInOrderAndNoMoreThanTheWindow() {
        Intake batch = open(5);
        assertEquals(List.of(tenant), hungry());
        List<ItemToStart> first = await(feed.claim(tenant, WINDOW, 10));
        assertEquals(List.of(1L, 2L, 3L), first.stream().map(ItemToStart::line).toList());
        assertEquals(SETTINGS, first.get(0).settings());
        assertArrayEquals(picture(1), await(feed.picture(first.get(0))));
        first.forEach(this::start);
        assertEquals(List.of(), await(feed.claim(tenant, WINDOW, 10)), "the window is full");

        succeed(first.get(0).job());
        List<ItemToStart> next = await(feed.claim(tenant, WINDOW, 10));
        assertEquals(List.of(4L), next.stream().map(ItemToStart::line).toList());
        assertEquals(new BatchCounts(0, 2, 2, 0, 1, 0, 0, 0), details(batch).counts());
    }

    @Test
    void anItemWhoseFeederDiedIsStartedAgainAsTheSameJob() {
        open(1);
        ItemToStart lost = await(feed.claim(tenant, WINDOW, 1)).get(0);
        assertEquals(List.of(), await(feed.claim(tenant, WINDOW, 1)));
        clock.advance(FeedStore.CLAIM.plusSeconds(1));
        assertEquals(lost.job(), await(feed.claim(tenant, WINDOW, 1)).get(0).job());
    }

    @Test
    void aBatchEndsWhenItsItemsHaveAndFailedOnesCanBeTriedAgain() {
        Intake batch = open(3);
        List<ItemToStart> items = await(feed.claim(tenant, WINDOW, 10));
        start(items.get(0));
        start(items.get(1));
        await(feed.fail(items.get(2), new Failure("image-unreadable", "gone")));
        tend(batch);
        assertEquals(BatchState.FINALIZING, state(batch.batch().id()));
        clock.advance(Duration.ofSeconds(10));
        succeed(items.get(0).job());
        fail(items.get(1).job());
        tend(batch);
        BatchDetails done = details(batch);
        assertEquals(BatchState.DONE, done.batch().state());
        assertEquals(new BatchCounts(0, 0, 0, 0, 1, 2, 0, 0), done.counts());
        assertEquals(0.3, done.itemsPerSecond().orElseThrow(), 1e-9);

        await(batches.retryFailed(tenant, batch.batch().id()));
        assertEquals(new BatchCounts(0, 2, 0, 0, 1, 0, 0, 0), details(batch).counts());
        List<ItemToStart> again = await(feed.claim(tenant, WINDOW, 10));
        assertEquals(List.of(2L, 3L), again.stream().map(ItemToStart::line).toList());
        again.forEach(this::start);
        again.forEach(item -> succeed(item.job()));
        tend(batch);
        assertEquals(BatchState.DONE, state(batch.batch().id()));
        assertEquals(
                BatchState.DONE,
                await(batches.retryFailed(tenant, batch.batch().id()))
                        .orElseThrow()
                        .state(),
                "nothing is left to try");
    }

    @Test
    void resultsTellEveryItemAndPageByLine() {
        Intake batch = open(3);
        List<ItemToStart> items = await(feed.claim(tenant, WINDOW, 2));
        start(items.get(0));
        succeed(items.get(0).job());
        await(feed.fail(items.get(1), new Failure("image-unreadable", "gone")));

        List<ItemResult> all = await(results.items(tenant, batch.batch().id(), 0, 10));
        assertEquals(
                List.of("SUCCEEDED", "FAILED", "WAITING"),
                all.stream().map(ItemResult::state).toList());
        assertEquals(Optional.of(new JobQuality(31.5, 0.04)), all.get(0).quality());
        assertEquals(
                List.of(Artefact.INPUT, Artefact.RECONSTRUCTION),
                all.get(0).artefacts().stream().map(Artefact::name).toList());
        assertEquals("gone", all.get(1).failure().orElseThrow().detail());
        assertEquals(Optional.empty(), all.get(2).job());
        assertEquals(
                all.subList(1, 2), await(results.items(tenant, batch.batch().id(), 1, 1)));
    }

    @Test
    void aPictureThatCannotBeHadNowIsTriedLater() {
        open(1);
        ItemToStart item = await(feed.claim(tenant, WINDOW, 1)).get(0);
        await(feed.putBack(item, new Failure("passing-trouble", "no answer"), Duration.ofSeconds(5)));
        assertEquals(List.of(), await(feed.claim(tenant, WINDOW, 1)));
        clock.advance(Duration.ofSeconds(5));
        assertEquals(1, await(feed.claim(tenant, WINDOW, 1)).get(0).tries());
    }

    @Test
    void cancellingEndsWhatWaitsAndStopsWhatRuns() {
        Intake batch = open(4);
        List<ItemToStart> items = await(feed.claim(tenant, WINDOW, 2));
        start(items.get(0));
        await(batches.cancel(tenant, batch.batch().id()));
        assertEquals(BatchState.FINALIZING, state(batch.batch().id()));
        // The second was on its way when the cancellation came.
        start(items.get(1));
        for (TendStore.JobInWork job : await(tending.tend(batch.batch().id()))) {
            await(jobs.cancel(job.tenant(), job.id()));
        }
        tend(batch);
        assertEquals(BatchState.CANCELLED, state(batch.batch().id()));
        assertEquals(new BatchCounts(0, 0, 0, 0, 0, 0, 4, 0), details(batch).counts());
        assertThrows(
                IllegalBatchTransition.class,
                () -> await(batches.cancel(tenant, batch.batch().id())));
    }

    @Test
    void aDeadlineEndsWhatWaitsAndAnUploadThatNeverEnds() {
        Batch forgotten = begin(BatchFormat.CSV, OnError.CONTINUE);
        Intake batch = open(2);
        ItemToStart lost = await(feed.claim(tenant, WINDOW, 1)).get(0);
        clock.advance(DAY.plusSeconds(1));
        assertTrue(await(tending.live()).containsAll(List.of(forgotten.id(), lost.batch())));
        await(tending.tend(forgotten.id()));
        assertEquals(BatchState.EXPIRED, state(forgotten.id()));
        tend(batch);
        tend(batch);
        assertEquals(BatchState.EXPIRED, state(batch.batch().id()));
        assertEquals(new BatchCounts(0, 0, 0, 0, 0, 0, 0, 2), details(batch).counts());
    }

    @Test
    void picturesOfWaitingItemsAreKeptAndExpiredBatchesAreDeleted() {
        Intake batch = open(1);
        Batch old = begin(BatchFormat.CSV, OnError.CONTINUE);
        await(batches.cancel(tenant, old.id()));
        JobId unrelated = new JobId(UUID.randomUUID());
        submit(unrelated, Duration.ofHours(1));
        await(jobs.cancel(tenant, unrelated));
        clock.advance(Duration.ofHours(2));
        assertTrue(await(sweeps.deleteExpired()) > 0);
        assertArrayEquals(
                picture(1),
                await(feed.picture(await(feed.claim(tenant, WINDOW, 1)).get(0))));

        clock.advance(DAY.plus(DAY));
        assertTrue(await(tending.deleteExpired()) > 0);
        assertEquals(Optional.empty(), await(batches.find(tenant, old.id())));
        assertTrue(await(batches.find(tenant, batch.batch().id())).isPresent(), "it has not ended");
        opened.remove(old.id());
    }

    @Test
    void nothingOfATenantIsVisibleToAnother() {
        Intake batch = open(1);
        BatchId id = batch.batch().id();
        assertEquals(Optional.empty(), await(batches.find(stranger, id)));
        assertEquals(Optional.empty(), await(batches.details(stranger, id)));
        assertEquals(Optional.empty(), await(batches.finishUpload(stranger, id)));
        assertEquals(Optional.empty(), await(batches.cancel(stranger, id)));
        assertEquals(Optional.empty(), await(batches.retryFailed(stranger, id)));
        assertEquals(Optional.empty(), await(uploads.append(stranger, id, 0, new byte[1])));
        assertEquals(List.of(), await(results.items(stranger, id, 0, 10)));
        assertEquals(List.of(), await(results.errors(stranger, id, 0, 10)));
        assertEquals(List.of(), await(feed.claim(stranger, WINDOW, 10)));
        assertEquals(
                List.of(),
                await(batches.list(stranger, Optional.empty(), Optional.empty(), 10))
                        .batches());
        assertEquals(BatchState.OPEN, state(id));
    }

    @Test
    void pagesGoThroughAllBatchesNewestFirst() {
        List<BatchId> begun = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            begun.add(0, begin(BatchFormat.CSV, OnError.CONTINUE).id());
            clock.advance(Duration.ofMillis(1));
        }
        List<BatchId> seen = new ArrayList<>();
        Optional<JobPage.Position> position = Optional.empty();
        do {
            BatchPage page = await(batches.list(tenant, Optional.of(BatchState.UPLOADING), position, 2));
            page.batches().forEach(batch -> seen.add(batch.id()));
            position = page.next();
        } while (position.isPresent());
        assertEquals(begun, seen);
    }

    private Batch begin(BatchFormat format, OnError onError) {
        Batch batch = await(batches.create(new NewBatch(
                new BatchId(UUID.randomUUID()),
                tenant,
                Optional.of("spring"),
                format,
                onError,
                "{\"steps\":5}",
                DAY,
                DAY)));
        opened.add(batch.id());
        return batch;
    }

    private Intake intake(OnError onError) {
        Batch batch = begin(BatchFormat.ZIP, onError);
        await(uploads.append(tenant, batch.id(), 0, new byte[] {1}));
        await(batches.finishUpload(tenant, batch.id()));
        Intake intake = await(intakes.claim()).orElseThrow();
        assertEquals(batch.id(), intake.batch().id());
        return intake;
    }

    private Intake open(int items) {
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

    private NewItem item(long line, String customId) {
        return new NewItem(line, customId, new NewItem.Stored(picture(line), "image/png"), SETTINGS, false);
    }

    @Test
    void anItemCanNameAPictureElsewhere() {
        Intake intake = intake(OnError.CONTINUE);
        URI address = URI.create("https://example.org/a%20b.png?x=1");
        await(intakes.add(
                intake, List.of(new NewItem(1, "é \"1\"", new NewItem.Remote(address), SETTINGS, true)), List.of(), 1));
        await(intakes.finish(intake));
        ItemToStart item = await(feed.claim(tenant, WINDOW, 1)).get(0);
        assertEquals(Optional.of(address), item.remote());
        assertTrue(item.needsMap());
    }

    private byte[] picture(long line) {
        return (tenant + " " + line).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static LineError wrong(long line) {
        return new LineError(line, Optional.empty(), "line-malformed", "nonsense");
    }

    private void start(ItemToStart item) {
        submit(item.job(), Duration.between(clock.instant(), item.expires()));
        await(feed.started(item));
    }

    private void submit(JobId id, Duration retention) {
        await(jobs.submit(new Submission(
                id,
                tenant,
                Lane.BULK,
                SETTINGS,
                false,
                new byte[] {1},
                "image/png",
                DAY,
                DAY,
                retention,
                Optional.empty())));
    }

    private void succeed(JobId job) {
        await(work.finishRun(
                take(job),
                new RunResult(
                        List.of(new Content(Artefact.RECONSTRUCTION, Content.PNG, new byte[] {9})),
                        new JobQuality(31.5, 0.04),
                        Map.of("W+", 1.0),
                        Map.of())));
    }

    private void fail(JobId job) {
        await(work.fail(take(job), new Failure("work-poisoned", "NaN")));
        assertEquals(
                JobState.FAILED, await(jobs.find(tenant, job)).orElseThrow().state());
    }

    private Lease take(JobId job) {
        return assertInstanceOf(Claim.Taken.class, await(claims.claim(job, Stage.RUN, "worker", false)))
                .lease();
    }

    private void tend(Intake batch) {
        await(tending.tend(batch.batch().id()));
        await(tending.tend(batch.batch().id()));
    }

    private List<Tenant> hungry() {
        return await(feed.hungryTenants()).stream().filter(tenant::equals).toList();
    }

    private BatchDetails details(Intake batch) {
        return await(batches.details(tenant, batch.batch().id())).orElseThrow();
    }

    private BatchState state(BatchId id) {
        return await(batches.find(tenant, id)).orElseThrow().state();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
