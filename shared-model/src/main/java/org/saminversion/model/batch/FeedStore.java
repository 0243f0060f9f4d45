package org.saminversion.model.batch;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.Database;
import org.saminversion.model.store.JobMapping;

/** Items on their way into the queue. Feeders of several processes share the work without waiting for each other. */
@ApplicationScoped
public class FeedStore {
    /** A feeder that has not made a job of its item after this is thought dead, and another makes it. */
    static final Duration CLAIM = Duration.ofMinutes(2);

    private final Database database;
    private final BatchChanges changes;

    FeedStore(Database database, BatchChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /** Tenants that have items to start. */
    public Uni<List<Tenant>> hungryTenants() {
        return database.inTransaction(session -> session.createQuery(
                        "select distinct tenant from BatchEntity where state = OPEN order by tenant", String.class)
                .getResultList()
                .map(names -> names.stream().map(Tenant::new).toList()));
    }

    /**
     * Claims the tenant's next items: its oldest batch first, in the order of the lines.
     *
     * @param window jobs of batches that the tenant may have in the queue and in work at a time. Feeders that claim at one
     *     moment may overstep it by what each of them takes.
     * @param limit at most so many
     */
    public Uni<List<ItemToStart>> claim(Tenant tenant, int window, int limit) {
        return database.inTransaction(session -> session.createNativeQuery(
                        "select count(*) from jobs where tenant = :tenant and lane = 'BULK'"
                                + " and state in ('QUEUED', 'MAPPING', 'READY', 'RUNNING', 'CANCELLING')",
                        Long.class)
                .setParameter("tenant", tenant.name())
                .getSingleResult()
                .chain(live -> {
                    int room = (int) Math.min(limit, window - live);
                    return room > 0
                            ? claim(session, tenant, room)
                            : Uni.createFrom().item(List.of());
                }));
    }

    private Uni<List<ItemToStart>> claim(Mutiny.Session session, Tenant tenant, int room) {
        Instant now = changes.now();
        return session.createNativeQuery(
                        "select i.* from batch_items i join batches b on b.id = i.batch_id where b.tenant = :tenant"
                                + " and b.state = 'OPEN' and i.state in ('WAITING', 'STARTING')"
                                + " and i.available_at <= :now order by b.created_at, b.id, i.line limit :room"
                                + " for update of i skip locked",
                        BatchItemEntity.class)
                .setParameter("tenant", tenant.name())
                .setParameter("now", now)
                .setParameter("room", room)
                .getResultList()
                .chain(items -> batches(session, items)
                        .map(batches -> items.stream()
                                .map(item -> take(item, batches, now))
                                .toList()));
    }

    private static Uni<List<BatchEntity>> batches(Mutiny.Session session, List<BatchItemEntity> items) {
        List<UUID> ids = items.stream().map(item -> item.batchId).distinct().toList();
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : session.createQuery("from BatchEntity where id in (:ids)", BatchEntity.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }

    private static ItemToStart take(BatchItemEntity item, List<BatchEntity> batches, Instant now) {
        BatchEntity batch = batches.stream()
                .filter(each -> each.id.equals(item.batchId))
                .findFirst()
                .orElseThrow();
        item.state = ItemState.STARTING;
        item.availableAt = now.plus(CLAIM);
        return new ItemToStart(
                new BatchId(item.batchId),
                item.line,
                new Tenant(item.tenant),
                item.customId,
                new JobId(item.jobId),
                Optional.ofNullable(item.sourceUrl).map(URI::create),
                Optional.ofNullable(item.sha256),
                Optional.ofNullable(item.mediaType),
                JobMapping.read(item.settings, new TypeReference<JobSettings>() {}),
                item.needsMap,
                item.tries,
                batch.deadline,
                batch.expiresAt,
                JobMapping.trace(batch.traceparent));
    }

    /** The picture that came with the upload. */
    public Uni<byte[]> picture(ItemToStart item) {
        return database.inTransaction(session -> session.createQuery(
                        "select b.bytes from BatchItemEntity i join BlobEntity b on b.sha256 = i.sha256"
                                + " where i.batchId = :batch and i.line = :line",
                        byte[].class)
                .setParameter("batch", item.batch().value())
                .setParameter("line", item.line())
                .getSingleResult());
    }

    /** Its job is stored and tells the rest. */
    public Uni<Void> started(ItemToStart item) {
        return change(item, row -> row.state = ItemState.STARTED);
    }

    /** It will never become a job. */
    public Uni<Void> fail(ItemToStart item, Failure failure) {
        return change(item, row -> {
            row.state = ItemState.FAILED;
            row.failureKind = failure.kind();
            row.failureDetail = failure.detail();
        });
    }

    /** It is tried again after a pause. */
    public Uni<Void> putBack(ItemToStart item, Failure trouble, Duration pause) {
        return change(item, row -> {
            row.state = ItemState.WAITING;
            row.tries++;
            row.failureKind = trouble.kind();
            row.failureDetail = trouble.detail();
            row.availableAt = changes.now().plus(pause);
        });
    }

    private interface Change {
        void make(BatchItemEntity row);
    }

    private Uni<Void> change(ItemToStart item, Change change) {
        return database.inTransaction(session -> session.createQuery(
                        "from BatchItemEntity where batchId = :batch and line = :line and jobId = :job"
                                + " and state = STARTING",
                        BatchItemEntity.class)
                .setParameter("batch", item.batch().value())
                .setParameter("line", item.line())
                .setParameter("job", item.job().value())
                .getSingleResultOrNull()
                .invoke(row -> {
                    if (row != null) {
                        change.make(row);
                    }
                })
                .replaceWithVoid());
    }
}
