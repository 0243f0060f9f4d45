package org.saminversion.model.callback;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.Tenant;

/**
 * A message to an endpoint as it stands.
 *
 * @param subject the job or batch that it tells of
 * @param number messages of one subject are sent in the order of their numbers
 * @param type such as {@code inversion.succeeded}
 * @param nextAttempt the earliest time; empty unless it waits
 */
public record Delivery(
        DeliveryId id,
        Tenant tenant,
        EndpointId endpoint,
        UUID subject,
        long number,
        String type,
        DeliveryState state,
        int attempts,
        Optional<Instant> nextAttempt,
        Instant created,
        Optional<Instant> finished) {}
