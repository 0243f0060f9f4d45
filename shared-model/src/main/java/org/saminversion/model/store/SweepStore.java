package org.saminversion.model.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Failure;
import org.saminversion.model.lifecycle.JobLifecycle;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.lifecycle.JobTrigger;
import org.saminversion.model.outbox.OutboxRelay;

/** Finds jobs that nobody looks after any more. Every check is made again under the lock of the job's row. */
@ApplicationScoped
public class SweepStore {
    /** A message that a worker has not answered for this long is sent again; a duplicate does no harm. */
    static final Duration MESSAGE_PATIENCE = Duration.ofMinutes(10);

    private static final int BATCH = 200;

    private final Database database;
    private final JobChanges changes;
    private final OutboxRelay relay;

    SweepStore(Database database, JobChanges changes, OutboxRelay relay) {
        this.database = database;
        this.changes = changes;
        this.relay = relay;
    }

    /** Puts back jobs whose worker has not renewed its lease. @return how many */
    public Uni<Integer> returnAbandoned() {
        return sweep(
                "select j.id from JobEntity j join LeaseEntity l on l.jobId = j.id"
                        + " where j.state in ('MAPPING', 'RUNNING', 'CANCELLING') and l.expiresAt < :now",
                (session, job) -> session.find(LeaseEntity.class, job.id)
                        .chain(lease -> job.state.isHeldByWorker() && lease.expiresAt.isBefore(changes.now())
                                ? applied(session, job, JobTrigger.WORK_RETURNED)
                                : Uni.createFrom().item(false)));
    }

    /** Ends jobs whose deadline has passed. @return how many */
    public Uni<Integer> expireLate() {
        return sweep(
                "select id from JobEntity where state in ('QUEUED', 'READY') and startedAt is null"
                        + " and queueDeadline < :now or state in ('MAPPING', 'RUNNING', 'CANCELLING')"
                        + " and runDeadline < :now",
                (session, job) -> {
                    Optional<Failure> late = lateness(job);
                    if (late.isEmpty()) {
                        return Uni.createFrom().item(false);
                    }
                    job.failureKind = late.get().kind();
                    job.failureDetail = late.get().detail();
                    return applied(session, job, JobTrigger.DEADLINE_PASSED);
                });
    }

    /** Sends a message again for jobs that have waited so long that theirs may be lost. @return how many */
    public Uni<Integer> remind() {
        return sweep(
                "select id from JobEntity where state in ('QUEUED', 'READY') and messageSentAt < :patience",
                (session, job) -> {
                    if (job.state != JobState.QUEUED && job.state != JobState.READY) {
                        return Uni.createFrom().item(false);
                    }
                    return changes.sendRequest(session, job, Duration.ZERO).replaceWith(true);
                });
    }

    private Optional<Failure> lateness(JobEntity job) {
        boolean waits = job.state == JobState.QUEUED || job.state == JobState.READY;
        if (waits && job.startedAt == null && job.queueDeadline.isBefore(changes.now())) {
            return Optional.of(new Failure(
                    "queue-deadline-passed",
                    "No worker was free before " + job.queueDeadline + ". Submit the job again, or add workers."));
        }
        if (job.runDeadline != null && job.runDeadline.isBefore(changes.now())) {
            return Optional.of(new Failure(
                    "run-deadline-passed",
                    "The work took longer than "
                            + Duration.ofMillis(job.runTimeoutMs).toSeconds()
                            + " s. Ask for fewer steps, or use a faster worker."));
        }
        return Optional.empty();
    }

    private Uni<Boolean> applied(Mutiny.Session session, JobEntity job, JobTrigger trigger) {
        return JobLifecycle.find(job.state, trigger).isPresent()
                ? changes.apply(session, job, trigger).replaceWith(true)
                : Uni.createFrom().item(false);
    }

    @FunctionalInterface
    private interface Mend {
        Uni<Boolean> mend(Mutiny.Session session, JobEntity job);
    }

    private Uni<Integer> sweep(String query, Mend mend) {
        return candidates(query)
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(id -> database.inTransaction(session -> changes.lock(session, id)
                        .chain(job -> job.isPresent()
                                ? mend.mend(session, job.get())
                                : Uni.createFrom().item(false))))
                .filter(mended -> mended)
                .collect()
                .asList()
                .map(List::size)
                .invoke(count -> {
                    if (count > 0) {
                        relay.wake();
                    }
                });
    }

    private Uni<List<UUID>> candidates(String query) {
        return database.inTransaction(session -> {
            var select = session.createQuery(query, UUID.class).setMaxResults(BATCH);
            return query.contains(":now")
                    ? select.setParameter("now", changes.now()).getResultList()
                    : select.setParameter("patience", changes.now().minus(MESSAGE_PATIENCE))
                            .getResultList();
        });
    }
}
