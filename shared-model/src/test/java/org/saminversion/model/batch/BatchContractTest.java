package org.saminversion.model.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Artefact;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.JobQuality;
import org.saminversion.model.batch.IntakeStore.Intake;
import org.saminversion.model.store.BackendsResource;

/** What the stores promise about the items of a batch, from their start to their results. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BatchContractTest extends BatchStoreTesting {
    /** More than all pictures of these tests fill: each call looks at the next chunk, wherever the last one ended. */
    private static final int CHUNKS = 4;

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
        assertEquals(
                Set.of("image-unreadable", "work-poisoned"),
                done.failures().stream().map(BatchDetails.ErrorCause::kind).collect(Collectors.toSet()));

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
        assertTrue(await(retention.deleteExpiredJobs()) > 0);
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            await(retention.deleteUnnamedBlobs());
        }
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
}
