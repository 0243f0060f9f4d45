package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.EditKey;
import org.saminversion.model.EditPart;
import org.saminversion.model.EditRendering;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.Topics;
import org.saminversion.model.TraceContext;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.outbox.Outbox;
import org.saminversion.model.outbox.Outbox.OutgoingMessage;
import org.saminversion.model.outbox.OutboxRelay;

/** What callers may do with further edits of a job, and the timer. A job of another tenant does not exist. */
@ApplicationScoped
public class EditStore {
    /** A picture each: a job cannot fill the disk. Previews count as long as they are there. */
    public static final int RENDERINGS_MAX = 2_000;

    public static final int PAGE_MAX = 200;

    /** A rendering takes milliseconds: one that nobody has done for this long was lost. */
    static final Duration MESSAGE_PATIENCE = Duration.ofSeconds(30);

    /** Whoever moves a slider has long seen the next picture. */
    static final Duration PREVIEWS_KEPT = Duration.ofMinutes(1);

    private static final int BATCH = 200;

    private final Database database;
    private final JobChanges changes;
    private final Outbox outbox;
    private final Idempotency idempotency;
    private final OutboxRelay relay;

    EditStore(Database database, JobChanges changes, Outbox outbox, Idempotency idempotency, OutboxRelay relay) {
        this.idempotency = idempotency;
        this.database = database;
        this.changes = changes;
        this.outbox = outbox;
        this.relay = relay;
    }

    /**
     * An edit to be rendered.
     *
     * @param parts checked before they get here
     * @param preview whether the picture is deleted after {@link #PREVIEWS_KEPT}, and no event tells of it
     * @param trace that the request belongs to
     */
    public record Wish(Tenant tenant, JobId job, List<EditPart> parts, boolean preview, Optional<TraceContext> trace) {}

    /** Stores the request and its message in one transaction. */
    public Uni<EditOutcome> request(Wish wish) {
        return database.inTransaction(session -> make(session, wish)).invoke(relay::wake);
    }

    /**
     * The same at most once for each key.
     *
     * @param answer what the caller is told; if it throws, nothing is stored and the key stays free
     */
    public Uni<Once> requestOnce(Wish wish, IdempotencyKey key, Function<EditOutcome, StoredAnswer> answer) {
        return database.inTransaction(session ->
                        idempotency.once(session, key, () -> make(session, wish).map(answer)))
                .invoke(relay::wake);
    }

    private Uni<EditOutcome> make(Mutiny.Session session, Wish wish) {
        return changes.lock(session, wish.job().value()).chain(found -> {
            Optional<JobEntity> job =
                    found.filter(row -> row.tenant.equals(wish.tenant().name()));
            if (job.isEmpty()) {
                return Uni.createFrom().<EditOutcome>item(new EditOutcome.NoJob());
            }
            return job.get().state == JobState.SUCCEEDED
                    ? add(session, job.get(), wish)
                    : Uni.createFrom().<EditOutcome>item(new EditOutcome.NoLatents());
        });
    }

    private Uni<EditOutcome> add(Mutiny.Session session, JobEntity job, Wish wish) {
        return session.createQuery(
                        "select count(*), max(number) from EditRenderingEntity where jobId = :job", Object[].class)
                .setParameter("job", job.id)
                .getSingleResult()
                .chain(counted -> {
                    Integer last = (Integer) counted[1];
                    if ((Long) counted[0] >= RENDERINGS_MAX) {
                        return Uni.createFrom().<EditOutcome>item(new EditOutcome.TooMany());
                    }
                    EditRenderingEntity row = new EditRenderingEntity();
                    row.jobId = job.id;
                    row.number = last == null ? 1 : last + 1;
                    row.tenant = job.tenant;
                    row.state = EditRendering.State.PENDING;
                    row.parts = JobMapping.write(new EditRenderingEntity.Parts(wish.parts()));
                    row.preview = wish.preview();
                    row.createdAt = changes.now();
                    row.messageSentAt = row.createdAt;
                    row.traceparent = wish.trace().map(TraceContext::toString).orElse(null);
                    return session.persist(row)
                            .chain(() -> send(session, row))
                            .<EditOutcome>map(sent -> new EditOutcome.Accepted(row.value()));
                });
    }

    public Uni<Optional<EditRendering>> find(Tenant tenant, EditKey key) {
        return database.inTransaction(session -> session.createQuery(
                        "from EditRenderingEntity where jobId = :job and number = :number and tenant = :tenant",
                        EditRenderingEntity.class)
                .setParameter("job", key.job().value())
                .setParameter("number", key.number())
                .setParameter("tenant", tenant.name())
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(EditRenderingEntity::value)));
    }

    /** Those with larger numbers, in order. @param limit at most {@link #PAGE_MAX} */
    public Uni<List<EditRendering>> list(Tenant tenant, JobId job, int afterNumber, int limit) {
        return database.inTransaction(session -> session.createQuery(
                        "from EditRenderingEntity where jobId = :job and tenant = :tenant and number > :after"
                                + " order by number",
                        EditRenderingEntity.class)
                .setParameter("job", job.value())
                .setParameter("tenant", tenant.name())
                .setParameter("after", afterNumber)
                .setMaxResults(Math.min(limit, PAGE_MAX))
                .getResultList()
                .map(rows -> rows.stream().map(EditRenderingEntity::value).toList()));
    }

    /** Sends the message again of renderings whose first may be lost. @return how many */
    public Uni<Integer> remind() {
        Instant now = changes.now();
        return database.inTransaction(session -> session.createNativeQuery(
                                "select * from edit_renderings where state = 'PENDING' and message_sent_at < :patience"
                                        + " order by message_sent_at limit :max for update skip locked",
                                EditRenderingEntity.class)
                        .setParameter("patience", now.minus(MESSAGE_PATIENCE))
                        .setParameter("max", BATCH)
                        .getResultList()
                        .chain(rows -> sendAll(session, rows).replaceWith(rows.size())))
                .invoke(count -> {
                    if (count > 0) {
                        relay.wake();
                    }
                });
    }

    /**
     * Deletes previews that are old. The latest edit of a job stays, so that no number is ever given twice.
     *
     * @return how many
     */
    public Uni<Integer> deleteOldPreviews() {
        return database.inTransaction(session -> session.createNativeQuery(
                        "with gone as (delete from edit_renderings where (job_id, number) in (select job_id, number"
                                + " from edit_renderings e where preview and created_at < :old and exists"
                                + " (select 1 from edit_renderings l where l.job_id = e.job_id and l.number > e.number)"
                                + " order by created_at limit :max for update skip locked) returning job_id, number),"
                                + " pictures as (delete from artefacts a using gone where a.job_id = gone.job_id"
                                + " and a.name = 'rendering-' || gone.number || '.png')"
                                + " select count(*) from gone",
                        Long.class)
                .setParameter("old", changes.now().minus(PREVIEWS_KEPT))
                .setParameter("max", RetentionStore.CHUNK)
                .getSingleResult()
                .map(Long::intValue));
    }

    private Uni<Void> sendAll(Mutiny.Session session, List<EditRenderingEntity> rows) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (EditRenderingEntity row : rows) {
            row.messageSentAt = changes.now();
            all = all.chain(() -> send(session, row));
        }
        return all;
    }

    private Uni<Void> send(Mutiny.Session session, EditRenderingEntity row) {
        EditKey key = new EditKey(new JobId(row.jobId), row.number);
        return outbox.add(
                session,
                new OutgoingMessage(
                        new Tenant(row.tenant),
                        Topics.EDIT_REQUESTS,
                        key.job().toString(),
                        key.toString(),
                        changes.now(),
                        JobMapping.trace(row.traceparent)));
    }
}
