package org.saminversion.model.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code leases}; kept after the job ends, so that its fence never goes back. */
@Entity
@Table(name = "leases")
class LeaseEntity {
    @Id
    @Column(name = "job_id")
    UUID jobId;

    String tenant;

    String owner;

    long fence;

    @Column(name = "expires_at")
    Instant expiresAt;
}
