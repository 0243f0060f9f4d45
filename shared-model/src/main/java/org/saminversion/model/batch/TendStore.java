package org.saminversion.model.batch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.Database;

/** Moves batches on when their items or the clock say so. Every check is made under the lock of the batch's row. */
@ApplicationScoped
public class TendStore {
    private static final int DELETED_AT_ONCE = 20;
    private static final int CANCELLED_AT_ONCE = 200;

    private final Database database;
    private final BatchChanges changes;

    TendStore(Database database, BatchChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /** A job that the end of its batch has to cancel. */
    public record JobInWork(Tenant tenant, JobId id) {}

    /** Batches that can move. */
    public Uni<List<BatchId>> live() {
        return database.inTransaction(session -> session.createQuery(
                        "select id from BatchEntity where state in (OPEN, FINALIZING)"
                                + " or state in (UPLOADING, VALIDATING) and deadline < :now order by createdAt",
                        UUID.class)
                .setParameter("now", changes.now())
                .getResultList()
                .map(ids -> ids.stream().map(BatchId::new).toList()));
    }

    /** Moves the batch on as far as it can. @return what is to be cancelled now */
    public Uni<List<JobInWork>> tend(BatchId id) {
        return database.inTransaction(session -> changes.lock(session, id.value())
                .chain(found -> found.isEmpty() || found.get().state.isFinal()
                        ? Uni.createFrom().item(List.of())
                        : advance(session, found.get()).chain(() -> jobsToCancel(session, found.get()))));
    }

    /** Deletes batches that are kept no longer, with their items; the jobs go by their own retention. @return how many */
    public Uni<Integer> deleteExpired() {
        return database.inTransaction(session -> session.createNativeQuery(
                        "delete from batches where id in (select id from batches where expires_at < :now"
                                + " and state in ('DONE', 'REJECTED', 'CANCELLED', 'EXPIRED')"
                                + " limit :max for update skip locked)")
                .setParameter("now", changes.now())
                .setParameter("max", DELETED_AT_ONCE)
                .executeUpdate());
    }

    private Uni<Void> advance(Mutiny.Session session, BatchEntity batch) {
        return next(session, batch)
                .chain(trigger -> trigger.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : changes.apply(session, batch, trigger.get()).replaceWithVoid());
    }

    private Uni<Optional<BatchTrigger>> next(Mutiny.Session session, BatchEntity batch) {
        if (batch.stopReason == null && batch.deadline.isBefore(changes.now())) {
            return Uni.createFrom().item(Optional.of(BatchTrigger.DEADLINE_PASSED));
        }
        if (batch.state == BatchState.OPEN) {
            return some(session, batch, "i.state in ('WAITING', 'STARTING')")
                    .map(some -> some ? Optional.empty() : Optional.of(BatchTrigger.ALL_STARTED));
        }
        if (batch.state != BatchState.FINALIZING) {
            return Uni.createFrom().item(Optional.empty());
        }
        return some(
                        session,
                        batch,
                        "(i.state in ('WAITING', 'STARTING') or exists (select 1 from jobs j where j.id = i.job_id"
                                + " and j.state in ('QUEUED', 'MAPPING', 'READY', 'RUNNING', 'CANCELLING')))")
                .map(some -> some ? again(batch) : Optional.of(end(batch)));
    }

    /** While a stopped batch waits for its jobs, an item whose feeder died may still have to be ended. */
    private static Optional<BatchTrigger> again(BatchEntity batch) {
        if (batch.stopReason == null) {
            return Optional.empty();
        }
        return Optional.of(
                batch.stopReason == BatchState.CANCELLED
                        ? BatchTrigger.CANCEL_REQUESTED
                        : BatchTrigger.DEADLINE_PASSED);
    }

    private static BatchTrigger end(BatchEntity batch) {
        if (batch.stopReason == null) {
            return BatchTrigger.ITEMS_OVER;
        }
        return batch.stopReason == BatchState.CANCELLED
                ? BatchTrigger.CANCEL_COMPLETED
                : BatchTrigger.DEADLINE_COMPLETED;
    }

    private static Uni<Boolean> some(Mutiny.Session session, BatchEntity batch, String condition) {
        return session.createNativeQuery(
                        "select exists (select 1 from batch_items i where i.batch_id = :batch and " + condition + ")",
                        Boolean.class)
                .setParameter("batch", batch.id)
                .getSingleResult();
    }

    private static Uni<List<JobInWork>> jobsToCancel(Mutiny.Session session, BatchEntity batch) {
        if (batch.stopReason == null || batch.state.isFinal()) {
            return Uni.createFrom().item(List.of());
        }
        return session.createNativeQuery(
                        "select j.id from batch_items i join jobs j on j.id = i.job_id where i.batch_id = :batch"
                                + " and j.state in ('QUEUED', 'MAPPING', 'READY', 'RUNNING') limit :max",
                        UUID.class)
                .setParameter("batch", batch.id)
                .setParameter("max", CANCELLED_AT_ONCE)
                .getResultList()
                .map(ids -> ids.stream()
                        .map(id -> new JobInWork(new Tenant(batch.tenant), new JobId(id)))
                        .toList());
    }
}
