package org.saminversion.gateway.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage.Position;

/** A place in a list, as an opaque word for callers. */
public final class Cursor {
    private Cursor() {}

    public static String write(Position position) {
        String text = position.created() + " " + position.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws JobFailure.Rejected if the word is none of ours */
    public static Position read(String word) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length == 2) {
                return new Position(Instant.parse(parts[0]), new JobId(UUID.fromString(parts[1])));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new JobFailure.Rejected("request-malformed", "after must be a value from a link named next.", e);
        }
        throw new JobFailure.Rejected("request-malformed", "after must be a value from a link named next.");
    }
}
