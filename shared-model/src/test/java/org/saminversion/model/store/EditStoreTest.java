package org.saminversion.model.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Artefact;
import org.saminversion.model.EditKey;
import org.saminversion.model.EditPart;
import org.saminversion.model.EditRendering;
import org.saminversion.model.Failure;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;

/** What the stores of further edits promise, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class EditStoreTest {
    private static final List<EditPart> PARTS =
            List.of(new EditPart("smile", 1.5, 0, 10), new EditPart("pca-00", -2, 4, 6));
    private static final byte[] PICTURE = {1, 2, 3};
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    JobStore jobs;

    @Inject
    ClaimStore claims;

    @Inject
    WorkStore work;

    @Inject
    EditStore edits;

    @Inject
    EditWork editWork;

    @Inject
    BacklogStore backlog;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private final Tenant stranger = new Tenant("stranger");

    @Test
    void anEditIsAskedForRenderedAndFound() {
        JobId job = succeeded();
        EditRendering asked = request(job);
        assertEquals(1, asked.number());
        assertEquals(2, request(job).number());
        EditKey key = new EditKey(job, 1);
        assertEquals(asked, await(edits.find(tenant, key)).orElseThrow());

        assertEquals(
                new EditWork.Order("faces64", PARTS), await(editWork.take(key)).orElseThrow());
        await(editWork.finish(key, PICTURE));

        EditRendering done = await(edits.find(tenant, key)).orElseThrow();
        assertEquals(EditRendering.State.DONE, done.state());
        assertEquals(Optional.of(clock.instant()), done.finished());
        assertArrayEquals(
                PICTURE,
                await(jobs.content(tenant, job, Artefact.rendering(1)))
                        .orElseThrow()
                        .bytes());
        JobEvent last = lastEvent(job);
        assertEquals(JobEvent.EDIT, last.kind());
        assertEquals("{\"edit\":1,\"state\":\"DONE\"}", last.body().replace(" ", ""));
        assertEquals(List.of(2), numbers(await(edits.list(tenant, job, 1, 10))));
        assertEquals(List.of(1), numbers(await(edits.list(tenant, job, 0, 1))));
    }

    @Test
    void aPreviewIsDeletedSoonAndNoEventTellsOfIt() {
        JobId job = succeeded();
        long version = await(jobs.find(tenant, job)).orElseThrow().version();
        for (int number = 1; number <= 2; number++) {
            assertEquals(number, request(job, true).number());
            await(editWork.finish(new EditKey(job, number), PICTURE));
        }
        EditKey first = new EditKey(job, 1);
        assertTrue(await(edits.find(tenant, first)).orElseThrow().preview());
        assertTrue(await(jobs.artefact(tenant, job, Artefact.rendering(1))).isPresent());
        assertEquals(version, await(jobs.find(tenant, job)).orElseThrow().version());

        clock.advance(EditStore.PREVIEWS_KEPT.plusSeconds(1));
        assertEquals(1, await(edits.deleteOldPreviews()));

        assertEquals(Optional.empty(), await(edits.find(tenant, first)));
        assertEquals(Optional.empty(), await(jobs.artefact(tenant, job, Artefact.rendering(1))));
        assertEquals(3, request(job).number(), "no number is given twice");
    }

    @Test
    void whatIsSavedIsNotDeletedWithThePreviews() {
        JobId job = succeeded();
        EditKey saved = new EditKey(job, request(job).number());
        await(editWork.finish(saved, PICTURE));
        request(job, true);
        clock.advance(EditStore.PREVIEWS_KEPT.plusSeconds(1));
        await(edits.deleteOldPreviews());
        assertEquals(
                EditRendering.State.DONE,
                await(edits.find(tenant, saved)).orElseThrow().state());
    }

    @Test
    void theFirstOutcomeStands() {
        JobId job = succeeded();
        EditKey key = new EditKey(job, request(job).number());
        await(editWork.finish(key, PICTURE));
        long version = await(jobs.find(tenant, job)).orElseThrow().version();

        await(editWork.finish(key, new byte[] {9}));
        await(editWork.fail(key, new Failure("internal", "too late")));

        assertEquals(Optional.empty(), await(editWork.take(key)));
        assertEquals(
                EditRendering.State.DONE,
                await(edits.find(tenant, key)).orElseThrow().state());
        assertArrayEquals(
                PICTURE,
                await(jobs.content(tenant, job, Artefact.rendering(1)))
                        .orElseThrow()
                        .bytes());
        assertEquals(version, await(jobs.find(tenant, job)).orElseThrow().version());
    }

    @Test
    void anEditThatKillsItsWorkersFailsInTheEnd() {
        JobId job = succeeded();
        EditKey key = new EditKey(job, request(job).number());
        for (int attempt = 1; attempt <= EditWork.ATTEMPTS_MAX; attempt++) {
            assertEquals(PARTS, await(editWork.take(key)).orElseThrow().parts());
        }
        assertEquals(Optional.empty(), await(editWork.take(key)));
        EditRendering failed = await(edits.find(tenant, key)).orElseThrow();
        assertEquals(EditRendering.State.FAILED, failed.state());
        assertEquals("attempts-exhausted", failed.failure().orElseThrow().kind());
    }

    @Test
    void whatIsLeftIsCounted() {
        Backlog before = await(backlog.read());
        JobId job = succeeded();
        submit();
        request(job);
        clock.advance(Duration.ofSeconds(5));
        Backlog after = await(backlog.read());
        assertEquals(
                before.queues().get(Backlog.EDIT).waiting() + 1,
                after.queues().get(Backlog.EDIT).waiting());
        assertEquals(
                before.queues().get(Backlog.RUN).waiting() + 1,
                after.queues().get(Backlog.RUN).waiting());
        assertTrue(after.queues().get(Backlog.RUN).ageSeconds() >= 5);
        assertTrue(after.endedPerSecond() > 0);
    }

    @Test
    void onlyAJobWithLatentsCanBeEdited() {
        JobId queued = submit();
        assertInstanceOf(
                EditOutcome.NoLatents.class,
                await(edits.request(new EditStore.Wish(tenant, queued, PARTS, false, Optional.empty()))));
        assertInstanceOf(
                EditOutcome.NoJob.class,
                await(edits.request(
                        new EditStore.Wish(tenant, new JobId(UUID.randomUUID()), PARTS, false, Optional.empty()))));
    }

    @Test
    void aJobOfAnotherTenantCanNeitherBeEditedNorSeen() {
        JobId job = succeeded();
        EditKey key = new EditKey(job, request(job).number());
        assertInstanceOf(
                EditOutcome.NoJob.class,
                await(edits.request(new EditStore.Wish(stranger, job, PARTS, false, Optional.empty()))));
        assertEquals(Optional.empty(), await(edits.find(stranger, key)));
        assertEquals(List.of(), await(edits.list(stranger, job, 0, 10)));
    }

    @Test
    void aLostMessageIsSentAgainOnceInAWhile() {
        JobId job = succeeded();
        request(job);
        clock.advance(EditStore.MESSAGE_PATIENCE.plusSeconds(1));
        int withOthers = await(edits.remind());
        assertTrue(withOthers >= 1);
        assertEquals(0, await(edits.remind()), "they were reminded just now");

        await(editWork.finish(new EditKey(job, 1), PICTURE));
        clock.advance(EditStore.MESSAGE_PATIENCE.plusSeconds(1));
        assertEquals(withOthers - 1, await(edits.remind()));
    }

    private EditRendering request(JobId job) {
        return request(job, false);
    }

    private EditRendering request(JobId job, boolean preview) {
        return assertInstanceOf(
                        EditOutcome.Accepted.class,
                        await(edits.request(new EditStore.Wish(tenant, job, PARTS, preview, Optional.empty()))))
                .rendering();
    }

    private JobEvent lastEvent(JobId job) {
        List<JobEvent> events = await(jobs.eventsAfter(tenant, job, 0, 100));
        return events.get(events.size() - 1);
    }

    private static List<Integer> numbers(List<EditRendering> renderings) {
        return renderings.stream().map(EditRendering::number).toList();
    }

    private JobId succeeded() {
        JobId id = submit();
        Claim.Taken taken =
                assertInstanceOf(Claim.Taken.class, await(claims.claim(id, Stage.RUN, "test-worker", false)));
        await(work.finishRun(taken.lease(), Samples.result()));
        return id;
    }

    private JobId submit() {
        return await(jobs.submit(new Submission(
                        new JobId(UUID.randomUUID()),
                        tenant,
                        Lane.INTERACTIVE,
                        Optional.empty(),
                        Optional.empty(),
                        Samples.settings(),
                        false,
                        new byte[] {5},
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
