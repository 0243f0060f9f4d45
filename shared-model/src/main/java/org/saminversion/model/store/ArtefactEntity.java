package org.saminversion.model.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code artefacts}. */
@Entity
@Table(name = "artefacts")
@IdClass(ArtefactEntity.Key.class)
class ArtefactEntity {
    @Id
    @Column(name = "job_id")
    UUID jobId;

    @Id
    String name;

    String tenant;

    @Column(name = "media_type")
    String mediaType;

    String sha256;

    @Column(name = "byte_size")
    long byteSize;

    @Column(name = "created_at")
    Instant createdAt;

    record Key(UUID jobId, String name) {}
}
