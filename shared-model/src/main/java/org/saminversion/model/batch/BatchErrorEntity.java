package org.saminversion.model.batch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;

/** A row of {@code batch_errors}. */
@Entity
@Table(name = "batch_errors")
@IdClass(BatchErrorEntity.Key.class)
class BatchErrorEntity {
    @Id
    @Column(name = "batch_id")
    UUID batchId;

    @Id
    long line;

    String tenant;

    @Column(name = "custom_id")
    String customId;

    String kind;
    String detail;

    record Key(UUID batchId, long line) {}

    LineError toError() {
        return new LineError(line, Optional.ofNullable(customId), kind, detail);
    }
}
