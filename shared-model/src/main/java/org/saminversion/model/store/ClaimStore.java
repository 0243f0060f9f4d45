package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.lifecycle.JobTrigger;
import org.saminversion.model.outbox.OutboxRelay;

/** Gives leases to workers that were told to look at a job. */
@ApplicationScoped
public class ClaimStore {
    /** Tries in a row that end without a checkpoint; one more, and the job fails. */
    public static final int FRUITLESS_ATTEMPTS_MAX = 5;

    private final Database database;
    private final JobChanges changes;
    private final TenantShare share;
    private final OutboxRelay relay;

    ClaimStore(Database database, JobChanges changes, TenantShare share, OutboxRelay relay) {
        this.database = database;
        this.changes = changes;
        this.share = share;
        this.relay = relay;
    }

    /**
     * Takes the lease of the job, if it waits for this stage.
     *
     * @param owner who takes it, for the operator's eye
     * @param takeOver whether a lease that has not run out is taken too: right when Kafka delivers the message again, because
     *     that means that it has given up on the holder; the fence keeps the holder from writing
     */
    public Uni<Claim> claim(JobId id, Stage stage, String owner, boolean takeOver) {
        return database.inTransaction(session -> changes.lock(session, id.value())
                        .chain(found -> {
                            Optional<JobEntity> job = found.filter(row -> stage.wants(row.state));
                            return job.isEmpty()
                                    ? Uni.createFrom().<Claim>item(new Claim.NotWanted())
                                    : claim(session, job.get(), stage, owner, takeOver);
                        }))
                .invoke(relay::wake);
    }

    private Uni<Claim> claim(Mutiny.Session session, JobEntity job, Stage stage, String owner, boolean takeOver) {
        if (job.fruitlessAttempts >= FRUITLESS_ATTEMPTS_MAX) {
            return giveUp(session, job);
        }
        return share.admit(session, job, changes.now())
                .chain(admitted -> admitted
                        ? lease(session, job, stage, owner, takeOver)
                        : Uni.createFrom().<Claim>item(new Claim.Parked()));
    }

    private Uni<Claim> lease(Mutiny.Session session, JobEntity job, Stage stage, String owner, boolean takeOver) {
        Instant now = changes.now();
        return session.createNativeQuery(
                        "insert into leases (job_id, tenant, owner, fence, expires_at)"
                                + " values (:job, :tenant, :owner, 1, :until) on conflict (job_id) do update"
                                + " set owner = excluded.owner, fence = leases.fence + 1,"
                                + " expires_at = excluded.expires_at"
                                + " where leases.expires_at <= :now or :takeOver returning fence",
                        Long.class)
                .setParameter("job", job.id)
                .setParameter("tenant", job.tenant)
                .setParameter("owner", owner)
                .setParameter("until", now.plus(Lease.TIME_TO_LIVE))
                .setParameter("now", now)
                .setParameter("takeOver", takeOver)
                .getSingleResultOrNull()
                .chain(fence -> fence == null
                        ? Uni.createFrom().<Claim>item(new Claim.HeldByAnother())
                        : start(session, job, stage, fence));
    }

    private Uni<Claim> start(Mutiny.Session session, JobEntity job, Stage stage, long fence) {
        Instant now = changes.now();
        job.attempts++;
        job.fruitlessAttempts++;
        job.runDeadline = now.plusMillis(job.runTimeoutMs);
        if (job.startedAt == null) {
            job.startedAt = now;
        }
        return changes.apply(session, job, stage.start())
                .chain(() -> JobRows.withEdits(session, job))
                .map(value -> new Claim.Taken(new Lease(value.id(), fence), value));
    }

    private Uni<Claim> giveUp(Mutiny.Session session, JobEntity job) {
        String last = job.failureDetail == null ? "its workers died" : job.failureDetail;
        Failure failure = new Failure(
                "attempts-exhausted",
                "The job was tried " + job.attempts + " times, and the last " + job.fruitlessAttempts
                        + " tries got nowhere: " + last);
        job.failureKind = failure.kind();
        job.failureDetail = failure.detail();
        return changes.apply(session, job, JobTrigger.WORK_FAILED).replaceWith(new Claim.NotWanted());
    }
}
