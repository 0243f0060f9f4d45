package org.saminversion.model;

import java.util.Optional;
import java.util.UUID;

/** Reads identifiers that come from outside. */
public final class Ids {
    private Ids() {}

    /** Empty unless the text is a UUID in its full form. */
    public static Optional<UUID> parse(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
