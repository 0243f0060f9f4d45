package org.saminversion.model.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Bytes by their content. */
@Entity
@Table(name = "blobs")
class BlobEntity {
    @Id
    String sha256;

    byte[] bytes;

    @Column(name = "byte_size")
    long byteSize;

    @Column(name = "created_at")
    Instant createdAt;
}
