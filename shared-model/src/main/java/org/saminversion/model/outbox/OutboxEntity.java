package org.saminversion.model.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code outbox}. */
@Entity
@Table(name = "outbox")
class OutboxEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String tenant;
    String topic;

    @Column(name = "message_key")
    String messageKey;

    String body;

    @Column(name = "available_at")
    Instant availableAt;

    @Column(name = "created_at")
    Instant createdAt;

    String traceparent;
}
