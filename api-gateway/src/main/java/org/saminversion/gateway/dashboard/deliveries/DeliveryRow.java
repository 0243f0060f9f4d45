package org.saminversion.gateway.dashboard.deliveries;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.callback.Delivery;
import org.saminversion.model.callback.DeliveryId;
import org.saminversion.model.callback.DeliveryState;

/**
 * A message in the list.
 *
 * @param url of its endpoint
 * @param subjectAddress page of the job that it tells of; empty if that is no job
 */
public record DeliveryRow(
        DeliveryId id,
        String type,
        UUID subject,
        String subjectAddress,
        String url,
        DeliveryState state,
        int attempts,
        Optional<Instant> next,
        Instant created,
        boolean repeatable) {
    static DeliveryRow of(Delivery delivery, String url, boolean mayChange) {
        return new DeliveryRow(
                delivery.id(),
                delivery.type(),
                delivery.subject(),
                delivery.type().startsWith("inversion.") ? "/dashboard/jobs/" + delivery.subject() : "",
                url,
                delivery.state(),
                delivery.attempts(),
                delivery.nextAttempt(),
                delivery.created(),
                mayChange && delivery.state().isFinal());
    }

    /** Id of its element on the page. */
    public String element() {
        return "delivery-" + id;
    }
}
