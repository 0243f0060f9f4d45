package org.saminversion.model.callback;

import java.util.Optional;
import java.util.UUID;

/** Which deliveries a list shows; what is empty does not matter. */
public record DeliveryFilter(Optional<EndpointId> endpoint, Optional<UUID> subject, Optional<DeliveryState> state) {
    public static final DeliveryFilter ALL = new DeliveryFilter(Optional.empty(), Optional.empty(), Optional.empty());
}
