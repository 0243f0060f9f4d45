package org.saminversion.model.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code job_events}. */
@Entity
@Table(name = "job_events")
@IdClass(JobEventEntity.Key.class)
class JobEventEntity {
    @Id
    @Column(name = "job_id")
    UUID jobId;

    @Id
    long number;

    String tenant;

    String kind;

    @JdbcTypeCode(SqlTypes.JSON)
    String body;

    @Column(name = "created_at")
    Instant createdAt;

    record Key(UUID jobId, long number) {}
}
