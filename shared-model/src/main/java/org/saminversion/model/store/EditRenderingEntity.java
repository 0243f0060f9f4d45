package org.saminversion.model.store;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.saminversion.model.EditPart;
import org.saminversion.model.EditRendering;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;

/** A row of {@code edit_renderings}. */
@Entity
@Table(name = "edit_renderings")
@IdClass(EditRenderingEntity.Key.class)
class EditRenderingEntity {
    @Id
    @Column(name = "job_id")
    UUID jobId;

    @Id
    int number;

    String tenant;

    @Enumerated(EnumType.STRING)
    EditRendering.State state;

    @JdbcTypeCode(SqlTypes.JSON)
    String parts;

    boolean preview;

    int attempts;

    @Column(name = "failure_kind")
    String failureKind;

    @Column(name = "failure_detail")
    String failureDetail;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    @Column(name = "message_sent_at")
    Instant messageSentAt;

    String traceparent;

    record Key(UUID jobId, int number) {}

    /** The JSON of the parts. Hibernate Reactive takes only objects, so the array has a wrapper. */
    record Parts(List<EditPart> parts) {}

    List<EditPart> readParts() {
        return JobMapping.read(parts, new TypeReference<Parts>() {}).parts();
    }

    EditRendering value() {
        return new EditRendering(
                new JobId(jobId),
                number,
                state,
                readParts(),
                preview,
                Optional.ofNullable(failureKind).map(kind -> new Failure(kind, failureDetail)),
                createdAt,
                Optional.ofNullable(finishedAt));
    }
}
