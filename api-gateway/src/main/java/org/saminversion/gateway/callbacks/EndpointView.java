package org.saminversion.gateway.callbacks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.saminversion.model.callback.CallbackEvent;
import org.saminversion.model.callback.Endpoint;

/**
 * An endpoint as callers see it.
 *
 * @param secret only in the answers that make or change it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record EndpointView(
        String id,
        String url,
        String description,
        List<String> events,
        boolean enabled,
        Optional<String> disabledReason,
        Optional<String> secret,
        Optional<Instant> previousSecretUntil,
        Instant createdAt,
        Instant updatedAt,
        Links links) {
    public record Links(String self, String deliveries) {}

    static EndpointView of(Endpoint endpoint) {
        return of(endpoint, Optional.empty());
    }

    static EndpointView of(Endpoint endpoint, Optional<String> secret) {
        String id = endpoint.id().toString();
        return new EndpointView(
                id,
                endpoint.url(),
                endpoint.description(),
                CallbackEvent.words(endpoint.events()),
                endpoint.enabled(),
                endpoint.disabledReason(),
                secret,
                endpoint.previousSecretUntil(),
                endpoint.created(),
                endpoint.updated(),
                new Links(EndpointsResource.PATH + "/" + id, DeliveriesResource.PATH + "?endpoint=" + id));
    }
}
