package org.saminversion.model.callback;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.saminversion.model.Tenant;

/**
 * An address of a caller that takes messages.
 *
 * @param events what is told if a submission only names the endpoint
 * @param disabledReason why nothing is sent there; empty while it is enabled
 * @param previousSecretUntil until when messages are signed with the secret before the present one, too
 */
public record Endpoint(
        EndpointId id,
        Tenant tenant,
        String url,
        String description,
        Set<CallbackEvent> events,
        boolean enabled,
        Optional<String> disabledReason,
        Optional<Instant> previousSecretUntil,
        Instant created,
        Instant updated) {}
