package org.saminversion.model;

import java.util.Optional;
import java.util.UUID;

public record JobId(UUID value) {
    /** Empty unless the text is a UUID. */
    public static Optional<JobId> parse(String text) {
        try {
            return text.length() == 36 ? Optional.of(new JobId(UUID.fromString(text))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
