package org.saminversion.model.batch;

import static org.saminversion.model.batch.BatchAction.CLOSE;
import static org.saminversion.model.batch.BatchAction.NOTHING;
import static org.saminversion.model.batch.BatchAction.OPEN_ITEMS;
import static org.saminversion.model.batch.BatchAction.STOP_ITEMS;
import static org.saminversion.model.batch.BatchState.CANCELLED;
import static org.saminversion.model.batch.BatchState.DONE;
import static org.saminversion.model.batch.BatchState.EXPIRED;
import static org.saminversion.model.batch.BatchState.FINALIZING;
import static org.saminversion.model.batch.BatchState.OPEN;
import static org.saminversion.model.batch.BatchState.REJECTED;
import static org.saminversion.model.batch.BatchState.UPLOADING;
import static org.saminversion.model.batch.BatchState.VALIDATING;
import static org.saminversion.model.batch.BatchTrigger.ALL_STARTED;
import static org.saminversion.model.batch.BatchTrigger.CANCEL_COMPLETED;
import static org.saminversion.model.batch.BatchTrigger.CANCEL_REQUESTED;
import static org.saminversion.model.batch.BatchTrigger.DEADLINE_COMPLETED;
import static org.saminversion.model.batch.BatchTrigger.DEADLINE_PASSED;
import static org.saminversion.model.batch.BatchTrigger.ITEMS_OVER;
import static org.saminversion.model.batch.BatchTrigger.LINES_ACCEPTED;
import static org.saminversion.model.batch.BatchTrigger.LINES_REFUSED;
import static org.saminversion.model.batch.BatchTrigger.RETRY_REQUESTED;
import static org.saminversion.model.batch.BatchTrigger.UPLOAD_FINISHED;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that can happen to a batch.
 *
 * <p>Rows that look possible and are not: a batch that was cancelled or expired takes no retry (what it left undone is
 * submitted anew, with a new deadline); a retry does not reach into a batch whose items are still in work, because what fails
 * later would be left out of it.
 */
public final class BatchLifecycle {
    /** In the order in which a batch meets them. */
    public static final List<BatchTransition> TRANSITIONS = List.of(
            row(UPLOADING, UPLOAD_FINISHED, VALIDATING, NOTHING),
            row(UPLOADING, CANCEL_REQUESTED, CANCELLED, CLOSE),
            row(UPLOADING, DEADLINE_PASSED, EXPIRED, CLOSE),
            row(VALIDATING, LINES_ACCEPTED, OPEN, OPEN_ITEMS),
            row(VALIDATING, LINES_REFUSED, REJECTED, CLOSE),
            row(VALIDATING, CANCEL_REQUESTED, CANCELLED, CLOSE),
            row(VALIDATING, DEADLINE_PASSED, EXPIRED, CLOSE),
            row(OPEN, ALL_STARTED, FINALIZING, NOTHING),
            row(OPEN, CANCEL_REQUESTED, FINALIZING, STOP_ITEMS),
            row(OPEN, DEADLINE_PASSED, FINALIZING, STOP_ITEMS),
            row(FINALIZING, CANCEL_REQUESTED, FINALIZING, STOP_ITEMS),
            row(FINALIZING, DEADLINE_PASSED, FINALIZING, STOP_ITEMS),
            row(FINALIZING, ITEMS_OVER, DONE, CLOSE),
            row(FINALIZING, CANCEL_COMPLETED, CANCELLED, CLOSE),
            row(FINALIZING, DEADLINE_COMPLETED, EXPIRED, CLOSE),
            row(DONE, RETRY_REQUESTED, OPEN, OPEN_ITEMS));

    private BatchLifecycle() {}

    /** Empty when the table has no such row. */
    public static Optional<BatchTransition> find(BatchState state, BatchTrigger trigger) {
        return TRANSITIONS.stream()
                .filter(row -> row.from() == state && row.trigger() == trigger)
                .findFirst();
    }

    /** @throws IllegalBatchTransition when the table has no such row */
    public static BatchTransition next(BatchState state, BatchTrigger trigger) {
        return find(state, trigger).orElseThrow(() -> new IllegalBatchTransition(state, trigger));
    }

    /** The table as a page of documentation: Markdown with a Mermaid diagram. */
    public static String markdown() {
        return """
                # Lifecycle of a batch

                Generated from `BatchLifecycle`; a test keeps this page equal to the code
                (`-Dsam.update-docs=true` writes it anew).

                ```mermaid
                stateDiagram-v2
                    [*] --> UPLOADING
                %s
                    REJECTED --> [*]
                    CANCELLED --> [*]
                    EXPIRED --> [*]
                ```

                | state | trigger | next state | action |
                |---|---|---|---|
                %s
                """.formatted(lines("    %1$s --> %3$s : %2$s"), lines("| %1$s | %2$s | %3$s | %4$s |"));
    }

    private static String lines(String format) {
        return TRANSITIONS.stream()
                .map(row -> String.format(format, row.from(), row.trigger(), row.to(), row.action()))
                .collect(Collectors.joining("\n"));
    }

    private static BatchTransition row(BatchState from, BatchTrigger trigger, BatchState to, BatchAction action) {
        return new BatchTransition(from, trigger, to, action);
    }
}
