package org.saminversion.model.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code loss_chunks}. */
@Entity
@Table(name = "loss_chunks")
@IdClass(LossChunkEntity.Key.class)
class LossChunkEntity {
    @Id
    @Column(name = "job_id")
    UUID jobId;

    @Id
    @Column(name = "first_step")
    int firstStep;

    String tenant;

    @JdbcTypeCode(SqlTypes.JSON)
    String losses;

    record Key(UUID jobId, int firstStep) {}
}
