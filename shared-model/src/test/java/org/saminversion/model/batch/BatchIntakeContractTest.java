package org.saminversion.model.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Failure;
import org.saminversion.model.batch.IntakeStore.Intake;
import org.saminversion.model.store.BackendsResource;

/** What the stores promise about a catalogue that is uploaded and checked. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BatchIntakeContractTest extends BatchStoreTesting {
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
}
