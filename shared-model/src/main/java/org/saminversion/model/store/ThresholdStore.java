package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.TraceContext;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.outbox.OutboxRelay;

/** New jobs that are like another but for the threshold, and so take its invertibility map: no segmenter looks at them. */
@ApplicationScoped
public class ThresholdStore {
    private final Database database;
    private final JobChanges changes;
    private final QueueDepth queue;
    private final Idempotency idempotency;
    private final OutboxRelay relay;

    ThresholdStore(
            Database database, JobChanges changes, QueueDepth queue, Idempotency idempotency, OutboxRelay relay) {
        this.queue = queue;
        this.idempotency = idempotency;
        this.database = database;
        this.changes = changes;
        this.relay = relay;
    }

    /**
     * A job to be made.
     *
     * @param original whose photograph, map, settings, edits, timeouts and retention are taken over
     * @param fresh the new job's id
     * @param mapPicture PNG of the map at the new threshold
     * @param trace that the request belongs to
     */
    public record Wish(
            Tenant tenant, JobId original, JobId fresh, double tau, byte[] mapPicture, Optional<TraceContext> trace) {}

    /**
     * @return empty if the tenant has no such job, or if that job has no map; fails with {@link QueueFull} if the tenant has too many
     *     jobs waiting
     */
    public Uni<Optional<Job>> submit(Wish wish) {
        return queue.requireRoom(wish.tenant())
                .chain(() -> database.inTransaction(session -> make(session, wish)))
                .invoke(relay::wake);
    }

    /**
     * The same at most once for each key.
     *
     * @param answer what the caller is told; if it throws, nothing is stored and the key stays free
     */
    public Uni<Once> submitOnce(Wish wish, IdempotencyKey key, Function<Optional<Job>, StoredAnswer> answer) {
        return queue.room(wish.tenant())
                .chain(room -> database.inTransaction(session -> idempotency.once(session, key, () -> {
                    room.take();
                    return make(session, wish).map(answer);
                })))
                .invoke(relay::wake);
    }

    private Uni<Optional<Job>> make(Mutiny.Session session, Wish wish) {
        return session.createQuery(
                        "from JobEntity j where id = :job and tenant = :tenant and exists"
                                + " (select 1 from ArtefactEntity a where a.jobId = j.id and a.name = :map)",
                        JobEntity.class)
                .setParameter("job", wish.original().value())
                .setParameter("tenant", wish.tenant().name())
                .setParameter("map", Artefact.MAP)
                .getSingleResultOrNull()
                .chain(found -> found == null
                        ? Uni.createFrom().item(Optional.<Job>empty())
                        : add(session, found, like(found, wish), wish.mapPicture())
                                .map(Optional::of));
    }

    private Uni<Job> add(Mutiny.Session session, JobEntity original, JobEntity row, byte[] mapPicture) {
        Content picture = new Content(Artefact.MAP_PICTURE, Content.PNG, mapPicture);
        return session.persist(row)
                .chain(session::flush)
                .chain(() -> copy(
                        session,
                        original.id,
                        row.id,
                        "insert into artefacts (job_id, name, tenant, media_type, sha256, byte_size, created_at)"
                                + " select j.id, name, a.tenant, media_type, sha256, byte_size, j.created_at"
                                + " from artefacts a join jobs j on j.id = :fresh"
                                + " where job_id = :original and name in ('" + Artefact.INPUT + "', '" + Artefact.MAP
                                + "')"))
                .chain(() -> copy(
                        session,
                        original.id,
                        row.id,
                        "insert into edits (job_id, ordinal, tenant, direction, strength)"
                                + " select :fresh, ordinal, tenant, direction, strength from edits"
                                + " where job_id = :original"))
                .chain(() -> Blobs.putArtefact(session, row.id, row.tenant, picture, changes.now()))
                .chain(() -> changes.sendRequest(session, row, Duration.ZERO))
                .chain(() -> changes.stateEvent(session, row))
                .chain(() -> JobRows.withEdits(session, row));
    }

    private static Uni<Integer> copy(Mutiny.Session session, UUID original, UUID fresh, String sql) {
        return session.createNativeQuery(sql)
                .setParameter("original", original)
                .setParameter("fresh", fresh)
                .executeUpdate();
    }

    private JobEntity like(JobEntity original, Wish wish) {
        JobEntity row = new JobEntity();
        row.id = wish.fresh().value();
        row.tenant = original.tenant;
        row.lane = original.lane;
        row.state = JobState.READY;
        row.bundle = original.bundle;
        row.method = original.method;
        row.tau = wish.tau();
        row.steps = original.steps;
        row.seed = original.seed;
        row.settings = original.settings;
        row.inputSha256 = original.inputSha256;
        row.inputMediaType = original.inputMediaType;
        row.createdAt = changes.now();
        row.updatedAt = row.createdAt;
        row.messageSentAt = row.createdAt;
        row.queueDeadline = row.createdAt.plus(Duration.between(original.createdAt, original.queueDeadline));
        row.runTimeoutMs = original.runTimeoutMs;
        row.traceparent = wish.trace().map(TraceContext::toString).orElse(null);
        row.expiresAt = row.createdAt.plus(Duration.between(original.createdAt, original.expiresAt));
        return row;
    }
}
