package org.saminversion.model.callback;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.callback.DeliveryLifecycle.Transition;

/** Changes of one delivery within a transaction that has locked its row. */
@ApplicationScoped
class DeliveryChanges {
    private final InstantSource clock;

    DeliveryChanges(InstantSource clock) {
        this.clock = clock;
    }

    /** In microseconds, the resolution of PostgreSQL, so that a value reads back as it was written. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Uni<Optional<DeliveryEntity>> lock(Mutiny.Session session, UUID delivery) {
        return session.find(DeliveryEntity.class, delivery, LockModeType.PESSIMISTIC_WRITE)
                .map(Optional::ofNullable);
    }

    /** Changes state and does what the table asks for. The caller has set the row's own fields, such as the next attempt. */
    Uni<Void> apply(Mutiny.Session session, DeliveryEntity row, DeliveryTrigger trigger) {
        Transition transition = DeliveryLifecycle.find(row.state, trigger)
                .orElseThrow(
                        () -> new IllegalStateException("a delivery that is " + row.state + " cannot take " + trigger));
        row.state = transition.to();
        row.updatedAt = now();
        row.finishedAt = row.state.isFinal() ? row.updatedAt : null;
        return switch (transition.action()) {
            case NOTHING -> Uni.createFrom().voidItem();
            case START_LEASE -> {
                row.fence++;
                yield Uni.createFrom().voidItem();
            }
            case HOLD_FOLLOWERS -> moveFollowers(session, row, row.nextAttemptAt);
            case RELEASE_FOLLOWERS -> moveFollowers(session, row, now());
            case DISABLE_ENDPOINT -> disable(session, row.endpointId, "It answered 410 Gone.");
            case RESTART_SCHEDULE -> {
                row.tries = 0;
                row.retriesFrom = now();
                row.nextAttemptAt = now();
                yield Uni.createFrom().voidItem();
            }
        };
    }

    /** Nothing more is sent there; messages that wait are GONE. */
    Uni<Void> disable(Mutiny.Session session, UUID endpoint, String reason) {
        return session.createMutationQuery("update EndpointEntity set enabled = false, disabledReason = :reason,"
                        + " updatedAt = :now where id = :endpoint and enabled")
                .setParameter("reason", reason)
                .setParameter("now", now())
                .setParameter("endpoint", endpoint)
                .executeUpdate()
                .chain(() -> session.createMutationQuery("update DeliveryEntity set state = GONE, updatedAt = :now,"
                                + " finishedAt = :now where endpointId = :endpoint and state in (PENDING, WAITING)")
                        .setParameter("now", now())
                        .setParameter("endpoint", endpoint)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /**
     * Later messages of the same subject cannot go before this one. That they are due at the same time as it keeps senders from
     * looking at them in vain; the order itself is kept by the query of {@link SendStore}.
     */
    private static Uni<Void> moveFollowers(Mutiny.Session session, DeliveryEntity row, Instant at) {
        return session.createMutationQuery("update DeliveryEntity set nextAttemptAt = :at where endpointId = :endpoint"
                        + " and subject = :subject and number > :number and state = PENDING")
                .setParameter("at", at)
                .setParameter("endpoint", row.endpointId)
                .setParameter("subject", row.subject)
                .setParameter("number", row.number)
                .executeUpdate()
                .replaceWithVoid();
    }
}
