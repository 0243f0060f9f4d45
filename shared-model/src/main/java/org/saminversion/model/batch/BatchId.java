package org.saminversion.model.batch;

import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.JobId;

public record BatchId(UUID value) {
    /** Empty unless the text is a UUID. */
    public static Optional<BatchId> parse(String text) {
        return JobId.parse(text).map(id -> new BatchId(id.value()));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
