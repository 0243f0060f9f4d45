package org.saminversion.model;

import java.util.Optional;
import java.util.UUID;

public record JobId(UUID value) {
    /** Empty unless the text is a UUID. */
    public static Optional<JobId> parse(String text) {
        return Ids.parse(text).map(JobId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
