package org.saminversion.model.callback;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.Tenant;

/** A row of {@code deliveries}; the columns are explained in V20__callbacks.sql. */
@Entity
@Table(name = "deliveries")
class DeliveryEntity {
    @Id
    UUID id;

    String tenant;

    @Column(name = "endpoint_id")
    UUID endpointId;

    UUID subject;
    long number;
    String type;
    String body;

    @Enumerated(EnumType.STRING)
    DeliveryState state;

    int tries;
    int attempts;

    @Column(name = "retries_from")
    Instant retriesFrom;

    @Column(name = "next_attempt_at")
    Instant nextAttemptAt;

    long fence;

    @Column(name = "lease_owner")
    String leaseOwner;

    @Column(name = "lease_expires_at")
    Instant leaseExpiresAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    String traceparent;

    Delivery value() {
        return new Delivery(
                new DeliveryId(id),
                new Tenant(tenant),
                new EndpointId(endpointId),
                subject,
                number,
                type,
                state,
                attempts,
                Optional.of(nextAttemptAt).filter(at -> !state.isFinal() && state != DeliveryState.SENDING),
                createdAt,
                Optional.ofNullable(finishedAt));
    }
}
