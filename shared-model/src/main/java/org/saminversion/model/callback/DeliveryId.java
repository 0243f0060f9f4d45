package org.saminversion.model.callback;

import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.Ids;

public record DeliveryId(UUID value) {
    /** Empty unless the text is a UUID. */
    public static Optional<DeliveryId> parse(String text) {
        return Ids.parse(text).map(DeliveryId::new);
    }

    /** The header {@code webhook-id}, the same in every try. */
    public String messageId() {
        return "msg_" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
