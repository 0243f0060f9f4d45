package org.saminversion.model.batch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code batch_items}. */
@Entity
@Table(name = "batch_items")
@IdClass(BatchItemEntity.Key.class)
class BatchItemEntity {
    @Id
    @Column(name = "batch_id")
    UUID batchId;

    @Id
    long line;

    String tenant;

    @Column(name = "custom_id")
    String customId;

    @Enumerated(EnumType.STRING)
    ItemState state;

    @Column(name = "source_url")
    String sourceUrl;

    String sha256;

    @Column(name = "media_type")
    String mediaType;

    @JdbcTypeCode(SqlTypes.JSON)
    String settings;

    @Column(name = "needs_map")
    boolean needsMap;

    @Column(name = "job_id")
    UUID jobId;

    int tries;

    @Column(name = "available_at")
    Instant availableAt;

    @Column(name = "failure_kind")
    String failureKind;

    @Column(name = "failure_detail")
    String failureDetail;

    record Key(UUID batchId, long line) {}
}
