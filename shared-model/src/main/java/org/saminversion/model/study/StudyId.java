package org.saminversion.model.study;

import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.Ids;

public record StudyId(UUID value) {
    /** Empty unless the text is a UUID. */
    public static Optional<StudyId> parse(String text) {
        return Ids.parse(text).map(StudyId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
