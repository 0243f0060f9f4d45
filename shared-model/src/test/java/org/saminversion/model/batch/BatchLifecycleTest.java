package org.saminversion.model.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchLifecycleTest {
    @Test
    void aBatchThatGoesWell() {
        BatchState state = BatchState.UPLOADING;
        for (BatchTrigger trigger : List.of(
                BatchTrigger.UPLOAD_FINISHED,
                BatchTrigger.LINES_ACCEPTED,
                BatchTrigger.ALL_STARTED,
                BatchTrigger.ITEMS_OVER)) {
            state = BatchLifecycle.next(state, trigger).to();
        }
        assertEquals(BatchState.DONE, state);
    }

    @Test
    void everyStateIsReachedAndEveryLiveStateCanBeCancelledAndExpires() {
        Set<BatchState> reached = EnumSet.of(BatchState.UPLOADING);
        BatchLifecycle.TRANSITIONS.forEach(row -> reached.add(row.to()));
        assertEquals(EnumSet.allOf(BatchState.class), reached);
        for (BatchState state : BatchState.values()) {
            for (BatchTrigger end : List.of(BatchTrigger.CANCEL_REQUESTED, BatchTrigger.DEADLINE_PASSED)) {
                assertEquals(!state.isFinal(), BatchLifecycle.find(state, end).isPresent(), state + " " + end);
            }
        }
    }

    @Test
    void whatEndsCloses() {
        for (BatchTransition row : BatchLifecycle.TRANSITIONS) {
            assertEquals(row.to().isFinal(), row.action() == BatchAction.CLOSE, row.toString());
        }
    }

    @Test
    void noTriggerStandsTwiceForAState() {
        assertEquals(
                BatchLifecycle.TRANSITIONS.size(),
                BatchLifecycle.TRANSITIONS.stream()
                        .map(row -> row.from() + " " + row.trigger())
                        .distinct()
                        .count());
    }

    @Test
    void aRefusedBatchTakesNothing() {
        for (BatchTrigger trigger : BatchTrigger.values()) {
            IllegalBatchTransition refused =
                    assertThrows(IllegalBatchTransition.class, () -> BatchLifecycle.next(BatchState.REJECTED, trigger));
            assertEquals(BatchState.REJECTED, refused.state());
        }
    }

    @Test
    void theDocumentedTableIsTheCodes() throws Exception {
        Path page = Path.of("../docs/batch-lifecycle.md");
        if (Boolean.getBoolean("sam.update-docs")) {
            Files.writeString(page, BatchLifecycle.markdown());
        }
        assertTrue(Files.exists(page), page + " is missing");
        assertEquals(BatchLifecycle.markdown(), Files.readString(page));
    }
}
