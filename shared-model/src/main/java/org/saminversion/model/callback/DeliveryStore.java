package org.saminversion.model.callback;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.Database;

/** What callers may do with deliveries. A delivery of another tenant does not exist. */
@ApplicationScoped
public class DeliveryStore {
    private final Database database;
    private final DeliveryChanges changes;

    DeliveryStore(Database database, DeliveryChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /** A redelivery that cannot be had. */
    public static final class NotRedeliverable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRedeliverable(String message) {
            super(message);
        }
    }

    public Uni<Optional<DeliveryDetails>> details(Tenant tenant, DeliveryId id) {
        return database.inTransaction(session -> session.find(DeliveryEntity.class, id.value())
                .chain(row -> row == null || !row.tenant.equals(tenant.name())
                        ? Uni.createFrom().item(Optional.<DeliveryDetails>empty())
                        : session.createQuery(
                                        "from DeliveryAttemptEntity where deliveryId = :id order by ordinal",
                                        DeliveryAttemptEntity.class)
                                .setParameter("id", id.value())
                                .getResultList()
                                .map(attempts -> Optional.of(new DeliveryDetails(
                                        row.value(),
                                        row.body,
                                        attempts.stream()
                                                .map(DeliveryAttemptEntity::value)
                                                .toList())))));
    }

    /** Newest first. @param size at most {@link Page#SIZE_MAX} */
    public Uni<Page<Delivery>> list(Tenant tenant, DeliveryFilter filter, Optional<Page.Position> after, int size) {
        String query = "from DeliveryEntity where tenant = :tenant"
                + (filter.endpoint().isPresent() ? " and endpointId = :endpoint" : "")
                + (filter.subject().isPresent() ? " and subject = :subject" : "")
                + (filter.state().isPresent() ? " and state = :state" : "")
                + (after.isPresent() ? Page.AFTER : "")
                + Page.ORDER;
        return database.inTransaction(session -> {
            Mutiny.SelectionQuery<DeliveryEntity> select =
                    session.createQuery(query, DeliveryEntity.class).setParameter("tenant", tenant.name());
            filter.endpoint().ifPresent(endpoint -> select.setParameter("endpoint", endpoint.value()));
            filter.subject().ifPresent(subject -> select.setParameter("subject", subject));
            filter.state().ifPresent(state -> select.setParameter("state", state));
            return Page.read(
                    select, after, size, DeliveryEntity::value, row -> new Page.Position(row.createdAt, row.id));
        });
    }

    /**
     * Sends a message again, by a schedule that begins anew. One that is on its way anyway stays as it is.
     *
     * @return empty if there is no such delivery; fails with {@link NotRedeliverable} if its endpoint is disabled
     */
    public Uni<Optional<Delivery>> redeliver(Tenant tenant, DeliveryId id) {
        return database.inTransaction(session -> changes.lock(session, id.value())
                .map(found -> found.filter(row -> row.tenant.equals(tenant.name())))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.<Delivery>empty())
                        : redeliver(session, found.get()).map(Optional::of)));
    }

    private Uni<Delivery> redeliver(Mutiny.Session session, DeliveryEntity row) {
        return session.find(EndpointEntity.class, row.endpointId).chain(endpoint -> {
            if (!endpoint.enabled) {
                return Uni.createFrom()
                        .failure(new NotRedeliverable("The endpoint " + row.endpointId
                                + " is disabled: enable it first, then ask for the redelivery."));
            }
            return DeliveryLifecycle.find(row.state, DeliveryTrigger.REDELIVERY_REQUESTED)
                            .isPresent()
                    ? changes.apply(session, row, DeliveryTrigger.REDELIVERY_REQUESTED)
                            .map(ignored -> row.value())
                    : Uni.createFrom().item(row.value());
        });
    }
}
