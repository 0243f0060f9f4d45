package org.saminversion.model.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.saminversion.model.Lane;
import org.saminversion.model.lifecycle.JobState;

/** A row of {@code jobs}; the columns are explained in V1__jobs.sql. */
@Entity
@Table(name = "jobs")
class JobEntity {
    @Id
    UUID id;

    String tenant;

    @Enumerated(EnumType.STRING)
    Lane lane;

    @Enumerated(EnumType.STRING)
    JobState state;

    long version;
    String bundle;
    String method;
    double tau;
    int steps;
    long seed;

    @JdbcTypeCode(SqlTypes.JSON)
    String settings;

    @Column(name = "input_sha256")
    String inputSha256;

    @Column(name = "input_media_type")
    String inputMediaType;

    @Column(name = "custom_id")
    String customId;

    @Column(name = "rerun_of")
    UUID rerunOf;

    boolean pinned;

    @Column(name = "cancel_requested")
    boolean cancelRequested;

    int attempts;

    @Column(name = "fruitless_attempts")
    int fruitlessAttempts;

    int step;
    double progress;

    @Column(name = "psnr_decibel")
    Double psnrDecibel;

    Double lpips;

    @JdbcTypeCode(SqlTypes.JSON)
    String shares;

    @Column(name = "failure_kind")
    String failureKind;

    @Column(name = "failure_detail")
    String failureDetail;

    @JdbcTypeCode(SqlTypes.JSON)
    String provenance;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    @Column(name = "message_sent_at")
    Instant messageSentAt;

    @Column(name = "parked_at")
    Instant parkedAt;

    @Column(name = "queue_deadline")
    Instant queueDeadline;

    @Column(name = "run_timeout_ms")
    long runTimeoutMs;

    @Column(name = "run_deadline")
    Instant runDeadline;

    @Column(name = "callback_endpoint")
    UUID callbackEndpoint;

    @Column(name = "callback_events")
    String callbackEvents;

    @Column(name = "callback_progress_at")
    Instant callbackProgressAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    String traceparent;
}
