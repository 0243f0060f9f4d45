package org.saminversion.gateway.batches;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.batch.IntakeStore;
import org.saminversion.model.batch.IntakeStore.Intake;
import org.saminversion.model.batch.LineError;
import org.saminversion.model.batch.NewItem;

/** What the check of a batch has found and not stored yet; stores it when it becomes much. */
final class CheckedLines {
    private static final int LINES_MAX = 200;
    private static final long PICTURE_BYTES_MAX = 8 << 20;
    private static final int DETAIL_LENGTH_MAX = 500;

    private final IntakeStore store;
    private final Intake intake;
    private final List<NewItem> items = new ArrayList<>();
    private final List<LineError> errors = new ArrayList<>();
    private long linesRead;
    private long pictureBytes;

    CheckedLines(IntakeStore store, Intake intake) {
        this.store = store;
        this.intake = intake;
        this.linesRead = intake.batch().linesRead();
    }

    void accept(NewItem item) {
        items.add(item);
        if (item.picture() instanceof NewItem.Stored stored) {
            pictureBytes += stored.bytes().length;
        }
        counted();
    }

    void refuse(long line, Optional<String> customId, JobFailure.Rejected reason) {
        errors.add(new LineError(line, customId, reason.kind(), printable(reason.getMessage())));
        counted();
    }

    private void counted() {
        linesRead++;
        if (items.size() + errors.size() >= LINES_MAX || pictureBytes >= PICTURE_BYTES_MAX) {
            flush();
        }
    }

    void flush() {
        if (!items.isEmpty() || !errors.isEmpty()) {
            Waiting.forStore(store.add(intake, List.copyOf(items), List.copyOf(errors), linesRead));
            items.clear();
            errors.clear();
            pictureBytes = 0;
        }
    }

    /** Reasons quote what the caller sent, and that can be anything. */
    private static String printable(String text) {
        String clean = text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .limit(DETAIL_LENGTH_MAX)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean;
    }
}
