package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private final OutboxRelay relay;

    EditStore(Database database, JobChanges changes, Outbox outbox, OutboxRelay relay) {
        this.database = database;
        this.changes = changes;
        this.outbox = outbox;
        this.relay = relay;
    }

    /**
     * Stores the request and its message in one transaction.
     *
     * @param parts checked before they get here
     * @param preview whether the picture is deleted after {@link #PREVIEWS_KEPT}, and no event tells of it
     * @param trace that the request belongs to
     */
    public Uni<EditOutcome> request(
            Tenant tenant, JobId id, List<EditPart> parts, boolean preview, Optional<TraceContext> trace) {
        return database.inTransaction(session -> changes.lock(session, id.value())
                        .chain(found -> {
                            Optional<JobEntity> job = found.filter(row -> row.tenant.equals(tenant.name()));
                            if (job.isEmpty()) {
                                return Uni.createFrom().<EditOutcome>item(new EditOutcome.NoJob());
                            }
                            return job.get().state == JobState.SUCCEEDED
                                    ? add(session, job.get(), parts, preview, trace)
                                    : Uni.createFrom().<EditOutcome>item(new EditOutcome.NoLatents());
                        }))
                .invoke(relay::wake);
    }

    private Uni<EditOutcome> add(
            Mutiny.Session session,
            JobEntity job,
            List<EditPart> parts,
            boolean preview,
            Optional<TraceContext> trace) {
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
                    row.parts = JobMapping.write(new EditRenderingEntity.Parts(parts));
                    row.preview = preview;
                    row.createdAt = changes.now();
                    row.messageSentAt = row.createdAt;
                    row.traceparent = trace.map(TraceContext::toString).orElse(null);
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
