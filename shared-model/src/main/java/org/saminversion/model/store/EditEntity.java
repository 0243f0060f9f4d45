package org.saminversion.model.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code edits}. */
@Entity
@Table(name = "edits")
@IdClass(EditEntity.Key.class)
class EditEntity {
    @Id
    @Column(name = "job_id")
    UUID jobId;

    @Id
    int ordinal;

    String tenant;

    String direction;

    double strength;

    record Key(UUID jobId, int ordinal) {}
}
