package org.saminversion.model.callback;

import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.Ids;

public record EndpointId(UUID value) {
    /** Empty unless the text is a UUID. */
    public static Optional<EndpointId> parse(String text) {
        return Ids.parse(text).map(EndpointId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
