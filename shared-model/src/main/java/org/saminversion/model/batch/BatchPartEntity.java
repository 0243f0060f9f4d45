package org.saminversion.model.batch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code batch_parts}. */
@Entity
@Table(name = "batch_parts")
@IdClass(BatchPartEntity.Key.class)
class BatchPartEntity {
    @Id
    @Column(name = "batch_id")
    UUID batchId;

    @Id
    @Column(name = "first_byte")
    long firstByte;

    @Column(name = "byte_size")
    int byteSize;

    byte[] bytes;

    record Key(UUID batchId, long firstByte) {}
}
