package org.saminversion.model.batch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.saminversion.model.Failure;
import org.saminversion.model.Tenant;

/** A row of {@code batches}; the columns are explained in the migration that makes the table. */
@Entity
@Table(name = "batches")
class BatchEntity {
    @Id
    UUID id;

    String tenant;
    String name;

    @Enumerated(EnumType.STRING)
    BatchState state;

    @Enumerated(EnumType.STRING)
    BatchFormat format;

    @Enumerated(EnumType.STRING)
    @Column(name = "on_error")
    OnError onError;

    @JdbcTypeCode(SqlTypes.JSON)
    String defaults;

    @Enumerated(EnumType.STRING)
    @Column(name = "stop_reason")
    BatchState stopReason;

    @Column(name = "failure_kind")
    String failureKind;

    @Column(name = "failure_detail")
    String failureDetail;

    @Column(name = "upload_bytes")
    long uploadBytes;

    @Column(name = "lines_read")
    long linesRead;

    @Column(name = "intake_fence")
    long intakeFence;

    @Column(name = "intake_until")
    Instant intakeUntil;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "opened_at")
    Instant openedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    Instant deadline;

    @Column(name = "expires_at")
    Instant expiresAt;

    String traceparent;

    @Column(name = "callback_endpoint")
    UUID callbackEndpoint;

    @Column(name = "times_ended")
    int timesEnded;

    Batch toBatch() {
        return new Batch(
                new BatchId(id),
                new Tenant(tenant),
                Optional.ofNullable(name),
                state,
                format,
                onError,
                defaults,
                uploadBytes,
                linesRead,
                Optional.ofNullable(failureKind).map(kind -> new Failure(kind, failureDetail)),
                new Batch.Times(
                        createdAt,
                        updatedAt,
                        Optional.ofNullable(openedAt),
                        Optional.ofNullable(finishedAt),
                        deadline,
                        expiresAt));
    }
}
