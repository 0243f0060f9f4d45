package org.saminversion.model.callback;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.TraceContext;
import org.saminversion.model.store.Database;

/**
 * What senders may do with deliveries. Several processes share the work: a claim skips what another one has locked, a lease
 * brings back what a dead one has left, and its fence shuts out one that was only thought dead.
 */
@ApplicationScoped
public class SendStore {
    /** How many are brought back or forgotten at once. */
    public static final int BATCH = 200;

    /**
     * For every endpoint with due messages, as many as it has room for; of a subject only the first that is not final. The
     * limit for an endpoint may be passed when two processes claim at the same moment: it is for fairness, not for safety.
     */
    private static final String DUE = "select d.* from deliveries d join (select due.id from"
            + " (select distinct endpoint_id from deliveries where state in ('PENDING', 'WAITING')"
            + " and next_attempt_at <= :now) busy"
            + " join endpoints e on e.id = busy.endpoint_id and e.enabled"
            + " cross join lateral (select count(*) as sending from deliveries s"
            + " where s.endpoint_id = e.id and s.state = 'SENDING') room"
            + " cross join lateral (select p.id from deliveries p where p.endpoint_id = e.id"
            + " and p.state in ('PENDING', 'WAITING') and p.next_attempt_at <= :now"
            + " and not exists (select 1 from deliveries f where f.endpoint_id = p.endpoint_id and f.subject = p.subject"
            + " and f.number < p.number and f.state in ('PENDING', 'SENDING', 'WAITING'))"
            + " order by p.next_attempt_at, p.number limit greatest(0, :perEndpoint - room.sending)) due"
            + " ) chosen on chosen.id = d.id where d.state in ('PENDING', 'WAITING')"
            + " order by d.next_attempt_at, d.number limit :max for update of d skip locked";

    /** What waits behind an earlier message of its subject is not due. */
    private static final String LEFT =
            "select count(*), cast(coalesce(max(extract(epoch from :now - d.next_attempt_at))"
                    + " filter (where d.next_attempt_at <= :now and d.state <> 'SENDING' and not exists (select 1 from deliveries f"
                    + " where f.endpoint_id = d.endpoint_id and f.subject = d.subject and f.number < d.number"
                    + " and f.state in ('PENDING', 'SENDING', 'WAITING'))), 0) * 1000 as int8)"
                    + " from deliveries d where d.state in ('PENDING', 'SENDING', 'WAITING')";

    private final Database database;
    private final DeliveryChanges changes;

    SendStore(Database database, DeliveryChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * Takes messages that are due.
     *
     * @param owner for the operator's eye
     * @param max how many at most
     * @param perEndpointMax how many may be under way to one endpoint
     * @param lease after this others take them over
     */
    public Uni<List<Dispatch>> claim(String owner, int max, int perEndpointMax, Duration lease) {
        return database.inTransaction(session -> session.createNativeQuery(DUE, DeliveryEntity.class)
                .setParameter("now", changes.now())
                .setParameter("perEndpoint", perEndpointMax)
                .setParameter("max", max)
                .getResultList()
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(List.<Dispatch>of())
                        : dispatch(session, rows, owner, changes.now().plus(lease))));
    }

    private Uni<List<Dispatch>> dispatch(
            Mutiny.Session session, List<DeliveryEntity> rows, String owner, Instant until) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (DeliveryEntity row : rows) {
            row.leaseOwner = owner;
            row.leaseExpiresAt = until;
            all = all.chain(() -> changes.apply(session, row, DeliveryTrigger.CLAIMED));
        }
        return all.chain(() -> session.createQuery("from EndpointEntity where id in (:ids)", EndpointEntity.class)
                        .setParameter(
                                "ids",
                                rows.stream()
                                        .map(row -> row.endpointId)
                                        .distinct()
                                        .toList())
                        .getResultList())
                .map(endpoints -> {
                    Map<UUID, EndpointEntity> byId =
                            endpoints.stream().collect(Collectors.toMap(endpoint -> endpoint.id, Function.identity()));
                    return rows.stream()
                            .map(row -> dispatch(row, byId.get(row.endpointId)))
                            .toList();
                });
    }

    private Dispatch dispatch(DeliveryEntity row, EndpointEntity endpoint) {
        return new Dispatch(
                new DeliveryId(row.id),
                row.fence,
                endpoint.url,
                endpoint.liveSecrets(changes.now()),
                row.body,
                row.tries,
                row.retriesFrom,
                Optional.ofNullable(row.traceparent).flatMap(TraceContext::parse));
    }

    /** Writes down how a try ended. @return false if the lease is over, and nothing was written */
    public Uni<Boolean> finish(Dispatch dispatch, Attempt attempt, Outcome outcome) {
        return database.inTransaction(session -> changes.lock(
                        session, dispatch.id().value())
                .chain(found -> {
                    Optional<DeliveryEntity> held =
                            found.filter(row -> row.state == DeliveryState.SENDING && row.fence == dispatch.fence());
                    return held.isEmpty()
                            ? Uni.createFrom().item(false)
                            : addAttempt(session, held.get(), attempt)
                                    .chain(() -> conclude(session, held.get(), outcome))
                                    .replaceWith(true);
                }));
    }

    private Uni<Void> conclude(Mutiny.Session session, DeliveryEntity row, Outcome outcome) {
        row.leaseOwner = null;
        row.leaseExpiresAt = null;
        if (outcome instanceof Outcome.Accepted) {
            return changes.apply(session, row, DeliveryTrigger.ACCEPTED);
        }
        row.tries++;
        if (outcome instanceof Outcome.Gone) {
            return changes.apply(session, row, DeliveryTrigger.ENDPOINT_GONE);
        }
        if (outcome instanceof Outcome.Failed failed) {
            row.nextAttemptAt = failed.retryAt();
        }
        return session.find(EndpointEntity.class, row.endpointId)
                .chain(endpoint -> changes.apply(
                        session,
                        row,
                        !endpoint.enabled
                                ? DeliveryTrigger.ENDPOINT_DISABLED
                                : outcome instanceof Outcome.Failed
                                        ? DeliveryTrigger.TRY_FAILED
                                        : DeliveryTrigger.TRIES_USED_UP));
    }

    /** Makes messages of senders that are gone due again. @return how many */
    public Uni<Integer> returnLost() {
        return database.inTransaction(session -> session.createNativeQuery(
                        "select * from deliveries where state = 'SENDING' and lease_expires_at < :now"
                                + " limit :max for update skip locked",
                        DeliveryEntity.class)
                .setParameter("now", changes.now())
                .setParameter("max", BATCH)
                .getResultList()
                .chain(rows -> {
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (DeliveryEntity row : rows) {
                        all = all.chain(() -> returnLost(session, row));
                    }
                    return all.replaceWith(rows.size());
                }));
    }

    private Uni<Void> returnLost(Mutiny.Session session, DeliveryEntity row) {
        row.tries++;
        row.nextAttemptAt = changes.now();
        Attempt unknown = new Attempt(
                row.updatedAt,
                Duration.between(row.updatedAt, changes.now()),
                Optional.empty(),
                Optional.of("The sender " + row.leaseOwner + " was lost; nobody knows whether the message arrived."),
                "");
        return addAttempt(session, row, unknown).chain(() -> changes.apply(session, row, DeliveryTrigger.SENDER_LOST));
    }

    /**
     * What is left to do, over all tenants: for the operator only.
     *
     * @param waiting messages that have neither arrived nor been given up
     * @param lag how long the one that is due the longest has waited for a sender; zero if none is due
     */
    public record Left(long waiting, Duration lag) {}

    public Uni<Left> left() {
        return database.inTransaction(session -> session.createNativeQuery(LEFT, Object[].class)
                .setParameter("now", changes.now())
                .getSingleResult()
                .map(row -> new Left(((Number) row[0]).longValue(), Duration.ofMillis(((Number) row[1]).longValue()))));
    }

    /** Forgets deliveries that ended before that time. @return how many */
    public Uni<Integer> deleteFinished(Instant before) {
        return database.inTransaction(session -> session.createNativeQuery(
                        "delete from deliveries where id in (select id from deliveries where finished_at < :before"
                                + " and state in ('DELIVERED', 'EXHAUSTED', 'GONE') limit :max for update skip locked)")
                .setParameter("before", before)
                .setParameter("max", BATCH)
                .executeUpdate());
    }

    private static Uni<Void> addAttempt(Mutiny.Session session, DeliveryEntity row, Attempt attempt) {
        row.attempts++;
        DeliveryAttemptEntity entity = new DeliveryAttemptEntity();
        entity.deliveryId = row.id;
        entity.ordinal = row.attempts;
        entity.tenant = row.tenant;
        entity.startedAt = attempt.started();
        entity.durationMs = attempt.duration().toMillis();
        entity.status = attempt.status().orElse(null);
        entity.trouble = attempt.trouble().orElse(null);
        entity.excerpt = attempt.excerpt();
        return session.persist(entity);
    }
}
