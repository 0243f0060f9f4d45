package org.saminversion.model.callback;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.Database;
import org.saminversion.model.store.Idempotency;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.Once;
import org.saminversion.model.store.StoredAnswer;

/** What callers may do with their endpoints. An endpoint of another tenant does not exist. */
@ApplicationScoped
public class EndpointStore {
    /** How many a tenant may have. Submissions that name a URL make endpoints, too. */
    public static final int PER_TENANT_MAX = 1000;

    private final Database database;
    private final DeliveryChanges changes;
    private final DeliveryQueue queue;
    private final Idempotency idempotency;

    EndpointStore(Database database, DeliveryChanges changes, DeliveryQueue queue, Idempotency idempotency) {
        this.idempotency = idempotency;
        this.database = database;
        this.changes = changes;
        this.queue = queue;
    }

    /** The tenant has {@link #PER_TENANT_MAX} endpoints already. */
    public static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("A tenant may have " + PER_TENANT_MAX
                    + " endpoints: delete some, or use one URL for many submissions.");
        }
    }

    /** Another endpoint of the tenant has the URL. */
    public static final class UrlTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UrlTaken(String url, Throwable cause) {
            super("Another endpoint of yours has the URL " + url + " already: use or change that one.", cause);
        }
    }

    /**
     * @param created whether it was not there before
     */
    public record Obtained(Endpoint endpoint, boolean created) {}

    /**
     * Finds the tenant's endpoint of that URL, or makes it.
     *
     * @param secret of a new endpoint, as Standard Webhooks writes it
     * @return fails with {@link TooMany}
     */
    public Uni<Obtained> obtain(Tenant tenant, EndpointDraft draft, EndpointId idIfNew, String secret) {
        return database.inTransaction(session -> obtain(session, tenant, draft, idIfNew, secret));
    }

    /**
     * The same at most once for each key.
     *
     * @param answer what the caller is told; if it throws, nothing is stored and the key stays free
     */
    public Uni<Once> obtainOnce(
            EndpointDraft draft,
            EndpointId idIfNew,
            String secret,
            IdempotencyKey key,
            Function<Obtained, StoredAnswer> answer) {
        return database.inTransaction(session -> idempotency.once(
                session,
                key,
                () -> obtain(session, key.tenant(), draft, idIfNew, secret).map(answer)));
    }

    private Uni<Obtained> obtain(
            Mutiny.Session session, Tenant tenant, EndpointDraft draft, EndpointId idIfNew, String secret) {
        return ofUrl(session, tenant, draft.url())
                .chain(known -> known.isPresent()
                        ? Uni.createFrom().item(new Obtained(known.get().value(changes.now()), false))
                        : insert(session, tenant, draft, idIfNew, secret)
                                .chain(count -> ofUrl(session, tenant, draft.url())
                                        .map(row ->
                                                new Obtained(row.orElseThrow().value(changes.now()), count == 1))));
    }

    private Uni<Integer> insert(
            Mutiny.Session session, Tenant tenant, EndpointDraft draft, EndpointId id, String secret) {
        return session.createQuery("select count(*) from EndpointEntity where tenant = :tenant", Long.class)
                .setParameter("tenant", tenant.name())
                .getSingleResult()
                .chain(count -> count >= PER_TENANT_MAX
                        ? Uni.createFrom().failure(new TooMany())
                        : session.createNativeQuery(
                                        "insert into endpoints (id, tenant, url, description, events, enabled,"
                                                + " secret, created_at, updated_at) values (:id, :tenant, :url, :description,"
                                                + " :events, true, :secret, :now, :now) on conflict (tenant, url) do nothing")
                                .setParameter("id", id.value())
                                .setParameter("tenant", tenant.name())
                                .setParameter("url", draft.url())
                                .setParameter("description", draft.description())
                                .setParameter("events", CallbackEvent.write(draft.events()))
                                .setParameter("secret", secret)
                                .setParameter("now", changes.now())
                                .executeUpdate());
    }

    private static Uni<Optional<EndpointEntity>> ofUrl(Mutiny.Session session, Tenant tenant, String url) {
        return session.createQuery("from EndpointEntity where tenant = :tenant and url = :url", EndpointEntity.class)
                .setParameter("tenant", tenant.name())
                .setParameter("url", url)
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }

    public Uni<Optional<Endpoint>> find(Tenant tenant, EndpointId id) {
        return with(
                LockModeType.NONE,
                tenant,
                id,
                (session, row) -> Uni.createFrom().item(row.value(changes.now())));
    }

    /** Newest first. @param size at most {@link Page#SIZE_MAX} */
    public Uni<Page<Endpoint>> list(Tenant tenant, Optional<Page.Position> after, int size) {
        String query =
                "from EndpointEntity where tenant = :tenant" + (after.isPresent() ? Page.AFTER : "") + Page.ORDER;
        return database.inTransaction(session -> Page.read(
                session.createQuery(query, EndpointEntity.class).setParameter("tenant", tenant.name()),
                after,
                size,
                row -> row.value(changes.now()),
                row -> new Page.Position(row.createdAt, row.id)));
    }

    /** Changes what the caller decides; messages that wait go to the new URL. Fails if another endpoint has the URL. */
    public Uni<Optional<Endpoint>> update(Tenant tenant, EndpointId id, EndpointDraft draft) {
        return with(tenant, id, (session, row) -> {
                    row.url = draft.url();
                    row.description = draft.description();
                    row.events = CallbackEvent.write(draft.events());
                    row.updatedAt = changes.now();
                    return session.flush().map(ignored -> row.value(changes.now()));
                })
                .onFailure(ConstraintViolationException.class)
                .transform(failure -> new UrlTaken(draft.url(), failure));
    }

    /** Deletes the endpoint with all its deliveries. @return whether there was one */
    public Uni<Boolean> delete(Tenant tenant, EndpointId id) {
        return with(tenant, id, (session, row) -> session.remove(row).replaceWith(true))
                .map(Optional::isPresent);
    }

    /** Nothing more is sent there; messages that wait are GONE. */
    public Uni<Optional<Endpoint>> disable(Tenant tenant, EndpointId id) {
        return with(
                tenant,
                id,
                (session, row) -> changes.disable(session, row.id, "Its owner disabled it.")
                        .chain(() -> session.refresh(row))
                        .map(ignored -> row.value(changes.now())));
    }

    /** Messages are sent there again; those that became GONE meanwhile only on request. */
    public Uni<Optional<Endpoint>> enable(Tenant tenant, EndpointId id) {
        return with(tenant, id, (session, row) -> {
            row.enabled = true;
            row.disabledReason = null;
            row.updatedAt = changes.now();
            return Uni.createFrom().item(row.value(changes.now()));
        });
    }

    /** The secrets that sign messages now, the present one first. */
    public Uni<Optional<List<String>>> secrets(Tenant tenant, EndpointId id) {
        return with(
                LockModeType.NONE,
                tenant,
                id,
                (session, row) -> Uni.createFrom().item(row.liveSecrets(changes.now())));
    }

    /** Signs with a new secret from now on, and with the present one as well for a while. */
    public Uni<Optional<Endpoint>> rotate(Tenant tenant, EndpointId id, String secret, Duration overlap) {
        return with(tenant, id, (session, row) -> {
            row.previousSecret = row.secret;
            row.previousSecretUntil = changes.now().plus(overlap);
            row.secret = secret;
            row.updatedAt = changes.now();
            return Uni.createFrom().item(row.value(changes.now()));
        });
    }

    /** Puts a test message into the queue. @param id of the message's subject @return the delivery */
    public Uni<Optional<Delivery>> ping(Tenant tenant, EndpointId id, UUID subject) {
        return with(tenant, id, (session, row) -> {
            Instant now = changes.now();
            DeliveryDraft draft = new DeliveryDraft(
                    tenant, id, subject, 1, "endpoint.ping", Map.of("endpoint", id.toString()), now, Optional.empty());
            return queue.add(session, draft)
                    .chain(() -> session.find(DeliveryEntity.class, draft.id().value()))
                    .map(DeliveryEntity::value);
        });
    }

    private <T> Uni<Optional<T>> with(
            Tenant tenant, EndpointId id, BiFunction<Mutiny.Session, EndpointEntity, Uni<T>> work) {
        return with(LockModeType.PESSIMISTIC_WRITE, tenant, id, work);
    }

    /** Runs the work on the endpoint's row; empty if there is none of the tenant. */
    private <T> Uni<Optional<T>> with(
            LockModeType lock, Tenant tenant, EndpointId id, BiFunction<Mutiny.Session, EndpointEntity, Uni<T>> work) {
        return database.inTransaction(session -> session.createQuery(
                        "from EndpointEntity where id = :id and tenant = :tenant", EndpointEntity.class)
                .setParameter("id", id.value())
                .setParameter("tenant", tenant.name())
                .setLockMode(lock)
                .getSingleResultOrNull()
                .chain(row -> row == null
                        ? Uni.createFrom().item(Optional.<T>empty())
                        : work.apply(session, row).map(Optional::of)));
    }
}
