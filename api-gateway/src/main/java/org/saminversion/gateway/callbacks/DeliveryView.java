package org.saminversion.gateway.callbacks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.callback.Attempt;
import org.saminversion.model.callback.Delivery;
import org.saminversion.model.callback.DeliveryDetails;
import org.saminversion.model.callback.DeliveryState;

/**
 * A message to an endpoint as callers see it.
 *
 * @param messageId what the receiver saw as webhook-id
 * @param subject the inversion or batch that it tells of
 * @param attempts how often it was tried
 * @param tries all of them; absent in lists
 * @param body as it is sent; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DeliveryView(
        String id,
        String messageId,
        String endpoint,
        UUID subject,
        long number,
        String type,
        DeliveryState state,
        int attempts,
        Optional<Instant> nextAttemptAt,
        Instant createdAt,
        Optional<Instant> finishedAt,
        Optional<List<TryView>> tries,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue
        String body) {
    /** @param excerpt the beginning of the answer's body */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record TryView(
            Instant startedAt, long durationMs, Optional<Integer> status, Optional<String> trouble, String excerpt) {}

    static DeliveryView summary(Delivery delivery) {
        return of(delivery, Optional.empty(), null);
    }

    static DeliveryView of(DeliveryDetails details) {
        return of(
                details.delivery(),
                Optional.of(details.attempts().stream().map(DeliveryView::view).toList()),
                details.body());
    }

    private static DeliveryView of(Delivery delivery, Optional<List<TryView>> tries, String body) {
        return new DeliveryView(
                delivery.id().toString(),
                delivery.id().messageId(),
                delivery.endpoint().toString(),
                delivery.subject(),
                delivery.number(),
                delivery.type(),
                delivery.state(),
                delivery.attempts(),
                delivery.nextAttempt(),
                delivery.created(),
                delivery.finished(),
                tries,
                body);
    }

    private static TryView view(Attempt attempt) {
        return new TryView(
                attempt.started(),
                attempt.duration().toMillis(),
                attempt.status(),
                attempt.trouble(),
                attempt.excerpt());
    }
}
