package org.saminversion.model.callback;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A row of {@code delivery_attempts}. */
@Entity
@Table(name = "delivery_attempts")
@IdClass(DeliveryAttemptEntity.Key.class)
class DeliveryAttemptEntity {
    @Id
    @Column(name = "delivery_id")
    UUID deliveryId;

    @Id
    int ordinal;

    String tenant;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "duration_ms")
    long durationMs;

    Integer status;
    String trouble;
    String excerpt;

    record Key(UUID deliveryId, int ordinal) {}

    Attempt value() {
        return new Attempt(
                startedAt,
                Duration.ofMillis(durationMs),
                Optional.ofNullable(status),
                Optional.ofNullable(trouble),
                excerpt);
    }
}
