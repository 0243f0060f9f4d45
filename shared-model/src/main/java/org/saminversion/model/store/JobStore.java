package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobFilter;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.lifecycle.JobTrigger;
import org.saminversion.model.outbox.OutboxRelay;

/** What callers may do with jobs. A job of another tenant does not exist. */
@ApplicationScoped
public class JobStore {
    public static final int PAGE_MAX = 200;
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Database database;
    private final JobChanges changes;
    private final OutboxRelay relay;
    private final Pool pool;
    private final SubmissionWriter writer;
    private final Idempotency idempotency;
    private final QueueDepth queue;

    JobStore(
            Database database,
            JobChanges changes,
            OutboxRelay relay,
            Pool pool,
            SubmissionWriter writer,
            Idempotency idempotency,
            QueueDepth queue) {
        this.pool = pool;
        this.writer = writer;
        this.idempotency = idempotency;
        this.queue = queue;
        this.database = database;
        this.changes = changes;
        this.relay = relay;
    }

    /**
     * Stores image, job, first event and message in one transaction.
     *
     * @return fails with {@link QueueFull} if the tenant has too many jobs waiting
     */
    public Uni<Job> submit(Submission submission) {
        return stored(pool, submission)
                .onFailure(JobStore::lostItsPicture)
                .retry()
                .atMost(1)
                .invoke(relay::wake);
    }

    /**
     * Does the same once for all requests with one key, and keeps the answer to give it again.
     *
     * @param answer what the caller is told about the new job
     */
    public Uni<Once> submitOnce(Submission submission, IdempotencyKey key, Function<Job, StoredAnswer> answer) {
        return idempotency
                .once(key, connection -> stored(connection, submission).map(answer))
                .onFailure(JobStore::lostItsPicture)
                .retry()
                .atMost(1)
                .invoke(relay::wake);
    }

    private Uni<Job> stored(SqlClient client, Submission submission) {
        // Batches have a bound of their own, the window of their feeder.
        Uni<Void> room = submission.lane() == Lane.INTERACTIVE
                ? queue.requireRoom(submission.tenant())
                : Uni.createFrom().voidItem();
        return room.chain(() -> writer.write(client, submission));
    }

    /** The picture was in the database, and was deleted at the same moment together with the last job that had it. */
    private static boolean lostItsPicture(Throwable failure) {
        return failure instanceof PgException refused && FOREIGN_KEY_VIOLATION.equals(refused.getSqlState());
    }

    public Uni<Optional<Job>> find(Tenant tenant, JobId id) {
        return database.inTransaction(session -> row(session, tenant, id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.<Job>empty())
                        : JobRows.withEdits(session, row.get()).map(Optional::of)));
    }

    public Uni<Optional<JobDetails>> details(Tenant tenant, JobId id) {
        return database.inTransaction(session -> row(session, tenant, id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.<JobDetails>empty())
                        : JobRows.details(session, row.get()).map(Optional::of)));
    }

    /** Newest first. @param limit at most {@link #PAGE_MAX} */
    public Uni<JobPage> list(Tenant tenant, JobFilter filter, Optional<JobPage.Position> after, int limit) {
        int pageSize = Math.min(limit, PAGE_MAX);
        return database.inTransaction(session -> new JobQuery(tenant, filter, after)
                .on(session)
                .setMaxResults(pageSize + 1)
                .getResultList()
                .chain(rows -> JobRows.page(session, rows, pageSize)));
    }

    /**
     * Cancels at once what only waits, and asks the worker of what is being worked on.
     *
     * @return empty if there is no such job; fails with IllegalTransition if the job is over
     */
    public Uni<Optional<Job>> cancel(Tenant tenant, JobId id) {
        return change(tenant, id, JobTrigger.CANCEL_REQUESTED);
    }

    /** Gives a failed job another try, as if it were new. @return as {@link #cancel} */
    public Uni<Optional<Job>> replay(Tenant tenant, JobId id) {
        return change(tenant, id, JobTrigger.REPLAYED);
    }

    /** The artefact without its bytes. */
    public Uni<Optional<Artefact>> artefact(Tenant tenant, JobId id, String name) {
        return database.inTransaction(session -> session.createQuery(
                        "from ArtefactEntity where jobId = :job and tenant = :tenant and name = :name",
                        ArtefactEntity.class)
                .setParameter("job", id.value())
                .setParameter("tenant", tenant.name())
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(found -> Optional.ofNullable(found).map(JobRows::artefact)));
    }

    /** The artefact with its bytes. */
    public Uni<Optional<Content>> content(Tenant tenant, JobId id, String name) {
        return database.inTransaction(session -> session.createQuery(
                        "select a.mediaType, b.bytes from ArtefactEntity a join BlobEntity b on b.sha256 = a.sha256"
                                + " where a.jobId = :job and a.tenant = :tenant and a.name = :name",
                        Object[].class)
                .setParameter("job", id.value())
                .setParameter("tenant", tenant.name())
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(found -> Optional.ofNullable(found)
                        .map(columns -> new Content(name, (String) columns[0], (byte[]) columns[1]))));
    }

    /**
     * A part of the artefact's bytes.
     *
     * @param first offset of the first byte, from 0
     */
    public Uni<Optional<Content>> content(Tenant tenant, JobId id, String name, long first, long length) {
        return pool.preparedQuery("select a.media_type, substring(b.bytes from $4 for $5) as part from artefacts a"
                        + " join blobs b on b.sha256 = a.sha256"
                        + " where a.job_id = $1 and a.tenant = $2 and a.name = $3")
                .execute(Tuple.of(id.value(), tenant.name(), name, Math.toIntExact(first + 1), Math.toIntExact(length)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Content(
                                name,
                                row.getString("media_type"),
                                row.getBuffer("part").getBytes()))
                        .findFirst());
    }

    /** Sets when a job and its results may be deleted, and whether that waits until it is unpinned. */
    public Uni<Optional<Job>> keep(Tenant tenant, JobId id, Optional<Instant> expires, Optional<Boolean> pinned) {
        return database.inTransaction(session -> changes.lock(session, id.value())
                .map(found -> found.filter(job -> job.tenant.equals(tenant.name())))
                .chain(row -> {
                    row.ifPresent(job -> {
                        expires.ifPresent(time -> job.expiresAt = time.truncatedTo(ChronoUnit.MICROS));
                        pinned.ifPresent(wanted -> job.pinned = wanted);
                        job.updatedAt = changes.now();
                    });
                    return row.isEmpty()
                            ? Uni.createFrom().item(Optional.<Job>empty())
                            : JobRows.withEdits(session, row.get()).map(Optional::of);
                }));
    }

    /** Whether there was such a job, and it was deleted after its retention. */
    public Uni<Boolean> isExpired(Tenant tenant, JobId id) {
        return pool.preparedQuery("select 1 from expired_jobs where id = $1 and tenant = $2")
                .execute(Tuple.of(id.value(), tenant.name()))
                .map(rows -> rows.size() > 0);
    }

    /** Events with larger numbers, in order. */
    public Uni<List<JobEvent>> eventsAfter(Tenant tenant, JobId id, long number, int limit) {
        return database.inTransaction(session -> session.createQuery(
                        "from JobEventEntity where jobId = :job and tenant = :tenant and number > :number"
                                + " order by number",
                        JobEventEntity.class)
                .setParameter("job", id.value())
                .setParameter("tenant", tenant.name())
                .setParameter("number", number)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new JobEvent(row.number, row.kind, row.body, row.createdAt))
                        .toList()));
    }

    private Uni<Optional<Job>> change(Tenant tenant, JobId id, JobTrigger trigger) {
        return database.inTransaction(session -> changes.lock(session, id.value())
                        .chain(found -> {
                            Optional<JobEntity> row = found.filter(job -> job.tenant.equals(tenant.name()));
                            if (row.isEmpty()) {
                                return Uni.createFrom().item(Optional.<Job>empty());
                            }
                            if (trigger == JobTrigger.REPLAYED) {
                                makeFresh(row.get());
                            }
                            return changes.apply(session, row.get(), trigger)
                                    .chain(() -> JobRows.withEdits(session, row.get()))
                                    .map(Optional::of);
                        }))
                .invoke(relay::wake);
    }

    private void makeFresh(JobEntity row) {
        Duration queueTimeout = Duration.between(row.createdAt, row.queueDeadline);
        row.queueDeadline = changes.now().plus(queueTimeout);
        if (row.state == JobState.FAILED) {
            row.fruitlessAttempts = 0;
            row.failureKind = null;
            row.failureDetail = null;
            row.finishedAt = null;
            row.progress = 0;
            row.step = 0;
        }
    }

    private static Uni<Optional<JobEntity>> row(Mutiny.Session session, Tenant tenant, JobId id) {
        return session.find(JobEntity.class, id.value())
                .map(row -> Optional.ofNullable(row).filter(job -> job.tenant.equals(tenant.name())));
    }
}
