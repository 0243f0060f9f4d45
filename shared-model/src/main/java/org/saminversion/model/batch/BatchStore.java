package org.saminversion.model.batch;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.Tenant;
import org.saminversion.model.TraceContext;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.store.Database;
import org.saminversion.model.store.Idempotency;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.Once;
import org.saminversion.model.store.StoredAnswer;

/** What callers may do with batches. A batch of another tenant does not exist. */
@ApplicationScoped
public class BatchStore {
    public static final int PAGE_MAX = 200;

    private final Database database;
    private final BatchChanges changes;
    private final Pool pool;
    private final Idempotency idempotency;

    BatchStore(Database database, BatchChanges changes, Pool pool, Idempotency idempotency) {
        this.database = database;
        this.changes = changes;
        this.pool = pool;
        this.idempotency = idempotency;
    }

    public Uni<Batch> create(NewBatch batch) {
        return insert(pool, batch);
    }

    /**
     * Does the same once for all requests with one key, and keeps the answer to give it again.
     *
     * @param answer what the caller is told about the new batch
     */
    public Uni<Once> createOnce(NewBatch batch, IdempotencyKey key, Function<Batch, StoredAnswer> answer) {
        return idempotency.once(key, connection -> insert(connection, batch).map(answer));
    }

    private Uni<Batch> insert(SqlClient client, NewBatch batch) {
        BatchEntity row = row(batch);
        return client.preparedQuery(
                        "insert into batches (id, tenant, name, state, format, on_error, defaults, created_at,"
                                + " updated_at, deadline, expires_at, callback_endpoint, traceparent)"
                                + " values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12)")
                .execute(Tuple.from(Arrays.asList(
                        row.id,
                        row.tenant,
                        row.name,
                        row.state.name(),
                        row.format.name(),
                        row.onError.name(),
                        new JsonObject(row.defaults),
                        row.createdAt.atOffset(ZoneOffset.UTC),
                        row.deadline.atOffset(ZoneOffset.UTC),
                        row.expiresAt.atOffset(ZoneOffset.UTC),
                        row.callbackEndpoint,
                        row.traceparent)))
                .replaceWith(row::toBatch);
    }

    private BatchEntity row(NewBatch batch) {
        Instant now = changes.now();
        BatchEntity row = new BatchEntity();
        row.id = batch.id().value();
        row.tenant = batch.tenant().name();
        row.name = batch.name().orElse(null);
        row.state = BatchState.UPLOADING;
        row.format = batch.format();
        row.onError = batch.onError();
        row.defaults = batch.defaults();
        row.createdAt = now;
        row.updatedAt = now;
        row.deadline = now.plus(batch.timeToDeadline());
        row.expiresAt = row.deadline.plus(batch.retention());
        row.callbackEndpoint = batch.callback().map(EndpointId::value).orElse(null);
        row.traceparent = batch.trace().map(TraceContext::toString).orElse(null);
        return row;
    }

    public Uni<Optional<Batch>> find(Tenant tenant, BatchId id) {
        return database.inTransaction(session -> row(session, tenant, id).map(row -> row.map(BatchEntity::toBatch)));
    }

    public Uni<Optional<BatchDetails>> details(Tenant tenant, BatchId id) {
        return database.inTransaction(session -> row(session, tenant, id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.<BatchDetails>empty())
                        : BatchCounting.details(session, row.get(), changes.now())
                                .map(Optional::of)));
    }

    /** Newest first. @param limit at most {@link #PAGE_MAX} */
    public Uni<BatchPage> list(Tenant tenant, Optional<BatchState> state, Optional<JobPage.Position> after, int limit) {
        String query = "from BatchEntity where tenant = :tenant"
                + (state.isPresent() ? " and state = :state" : "")
                + (after.isPresent() ? " and (createdAt < :created or createdAt = :created and id < :id)" : "")
                + " order by createdAt desc, id desc";
        int pageSize = Math.min(limit, PAGE_MAX);
        return database.inTransaction(session -> {
            Mutiny.SelectionQuery<BatchEntity> select =
                    session.createQuery(query, BatchEntity.class).setParameter("tenant", tenant.name());
            state.ifPresent(wanted -> select.setParameter("state", wanted));
            after.ifPresent(position -> select.setParameter("created", position.created())
                    .setParameter("id", position.id().value()));
            return select.setMaxResults(pageSize + 1).getResultList().map(rows -> page(rows, pageSize));
        });
    }

    /** The upload is complete: its lines are checked from now on. @return empty if there is no such batch */
    public Uni<Optional<Batch>> finishUpload(Tenant tenant, BatchId id) {
        return change(tenant, id, BatchTrigger.UPLOAD_FINISHED);
    }

    /**
     * Ends what waits at once; what is in work is cancelled soon after.
     *
     * @return empty if there is no such batch; fails with IllegalBatchTransition if it is over
     */
    public Uni<Optional<Batch>> cancel(Tenant tenant, BatchId id) {
        return change(tenant, id, BatchTrigger.CANCEL_REQUESTED);
    }

    /**
     * Lets the items that failed or expired start again, with the whole time to the deadline. Without such items nothing
     * changes.
     *
     * @return empty if there is no such batch; fails with IllegalBatchTransition if it is not done
     */
    public Uni<Optional<Batch>> retryFailed(Tenant tenant, BatchId id) {
        return database.inTransaction(session -> changes.lock(session, tenant, id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.<Batch>empty())
                        : retryFailed(session, row.get()).map(each -> Optional.of(each.toBatch()))));
    }

    private Uni<BatchEntity> retryFailed(Mutiny.Session session, BatchEntity batch) {
        if (BatchLifecycle.find(batch.state, BatchTrigger.RETRY_REQUESTED).isEmpty()) {
            return Uni.createFrom().failure(new IllegalBatchTransition(batch.state, BatchTrigger.RETRY_REQUESTED));
        }
        return session.createNativeQuery("update batch_items i set state = 'WAITING', job_id = gen_random_uuid(),"
                        + " tries = 0, available_at = :now, failure_kind = null, failure_detail = null"
                        + " where i.batch_id = :batch and (i.state = 'FAILED' or i.state = 'STARTED' and exists"
                        + " (select 1 from jobs j where j.id = i.job_id and j.state in ('FAILED', 'EXPIRED')))")
                .setParameter("now", changes.now())
                .setParameter("batch", batch.id)
                .executeUpdate()
                .chain(items -> {
                    if (items == 0) {
                        return Uni.createFrom().item(batch);
                    }
                    Duration whole = Duration.between(batch.createdAt, batch.deadline);
                    Duration retention = Duration.between(batch.deadline, batch.expiresAt);
                    batch.deadline = changes.now().plus(whole);
                    batch.expiresAt = batch.deadline.plus(retention);
                    return changes.apply(session, batch, BatchTrigger.RETRY_REQUESTED);
                });
    }

    private Uni<Optional<Batch>> change(Tenant tenant, BatchId id, BatchTrigger trigger) {
        return database.inTransaction(session -> changes.lock(session, tenant, id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.<Batch>empty())
                        : changes.apply(session, row.get(), trigger).map(each -> Optional.of(each.toBatch()))));
    }

    static Uni<Optional<BatchEntity>> row(Mutiny.Session session, Tenant tenant, BatchId id) {
        return session.createQuery("from BatchEntity where id = :id and tenant = :tenant", BatchEntity.class)
                .setParameter("id", id.value())
                .setParameter("tenant", tenant.name())
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }

    private static BatchPage page(List<BatchEntity> rows, int pageSize) {
        List<BatchEntity> shown = rows.subList(0, Math.min(pageSize, rows.size()));
        Optional<JobPage.Position> next = rows.size() > pageSize
                ? Optional.of(shown.get(pageSize - 1))
                        .map(last -> new JobPage.Position(last.createdAt, new JobId(last.id)))
                : Optional.empty();
        return new BatchPage(shown.stream().map(BatchEntity::toBatch).toList(), next);
    }
}
