package org.saminversion.model.batch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Tenant;

/** Changes of one batch within a transaction that has locked its row. */
@ApplicationScoped
class BatchChanges {
    private final BatchCallbacks callbacks;
    private final InstantSource clock;

    BatchChanges(BatchCallbacks callbacks, InstantSource clock) {
        this.callbacks = callbacks;
        this.clock = clock;
    }

    /** In microseconds, the resolution of PostgreSQL, so that a value reads back as it was written. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The batch's row, locked until the transaction ends; empty if there is none. */
    Uni<Optional<BatchEntity>> lock(Mutiny.Session session, UUID batch) {
        return session.find(BatchEntity.class, batch, LockModeType.PESSIMISTIC_WRITE)
                .map(Optional::ofNullable);
    }

    /** The same; a batch of another tenant does not exist. */
    Uni<Optional<BatchEntity>> lock(Mutiny.Session session, Tenant tenant, BatchId batch) {
        return lock(session, batch.value()).map(found -> found.filter(row -> row.tenant.equals(tenant.name())));
    }

    /** @throws IllegalBatchTransition (as a failure) if the batch cannot take the trigger */
    Uni<BatchEntity> apply(Mutiny.Session session, BatchEntity batch, BatchTrigger trigger) {
        BatchTransition transition;
        try {
            transition = BatchLifecycle.next(batch.state, trigger);
        } catch (IllegalBatchTransition e) {
            return Uni.createFrom().failure(e);
        }
        batch.state = transition.to();
        batch.updatedAt = now();
        return act(session, batch, transition.action()).replaceWith(batch);
    }

    private Uni<Void> act(Mutiny.Session session, BatchEntity batch, BatchAction action) {
        return switch (action) {
            case NOTHING -> Uni.createFrom().voidItem();
            case OPEN_ITEMS -> {
                batch.openedAt = now();
                batch.finishedAt = null;
                yield forgetUpload(session, batch);
            }
            case STOP_ITEMS -> stopItems(session, batch);
            case CLOSE -> {
                batch.finishedAt = now();
                yield forgetUpload(session, batch).chain(() -> callbacks.tellEnd(session, batch));
            }
        };
    }

    private Uni<Void> forgetUpload(Mutiny.Session session, BatchEntity batch) {
        return session.createMutationQuery("delete from BatchPartEntity where batchId = :batch")
                .setParameter("batch", batch.id)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** An item that a feeder has claimed is left to it; when the claim has run out, the feeder is thought dead. */
    private Uni<Void> stopItems(Mutiny.Session session, BatchEntity batch) {
        if (batch.stopReason == null) {
            batch.stopReason = batch.deadline.isAfter(now()) ? BatchState.CANCELLED : BatchState.EXPIRED;
        }
        return session.createMutationQuery("update BatchItemEntity set state = :end where batchId = :batch"
                        + " and (state = WAITING or state = STARTING and availableAt <= :now)")
                .setParameter("end", ItemState.valueOf(batch.stopReason.name()))
                .setParameter("batch", batch.id)
                .setParameter("now", now())
                .executeUpdate()
                .replaceWithVoid();
    }
}
