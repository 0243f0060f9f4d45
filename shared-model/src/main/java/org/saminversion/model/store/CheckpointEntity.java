package org.saminversion.model.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code checkpoints}. */
@Entity
@Table(name = "checkpoints")
class CheckpointEntity {
    @Id
    @Column(name = "job_id")
    UUID jobId;

    String tenant;

    long fence;

    int step;

    byte[] bytes;

    @Column(name = "created_at")
    Instant createdAt;
}
