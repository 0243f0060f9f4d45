package org.saminversion.model.outbox;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.Database;

/** The table of messages that wait to be sent. */
@ApplicationScoped
public class Outbox {
    private final Database database;
    private final InstantSource clock;

    Outbox(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param topic one of {@link org.saminversion.model.Topics}
     * @param key messages of one key keep their order where Kafka keeps it
     */
    public record OutgoingMessage(Tenant tenant, String topic, String key, String body, Instant availableAt) {}

    /** Adds a message to the transaction of the session. */
    public Uni<Void> add(Mutiny.Session session, OutgoingMessage message) {
        OutboxEntity row = new OutboxEntity();
        row.tenant = message.tenant().name();
        row.topic = message.topic();
        row.messageKey = message.key();
        row.body = message.body();
        row.availableAt = message.availableAt();
        row.createdAt = clock.instant();
        return session.persist(row);
    }

    /**
     * Sends the oldest messages that are due and forgets them. Relays of several processes share the work without waiting for
     * each other. A crash between sending and forgetting sends a message twice; never is one lost.
     *
     * @param send completes when the broker has all of them
     * @return how many were sent
     */
    public Uni<Integer> relay(int messagesMax, Function<List<OutgoingMessage>, Uni<Void>> send) {
        return database.inTransaction(session -> session.createNativeQuery(
                        "select * from outbox where available_at <= :now order by id limit :max"
                                + " for update skip locked",
                        OutboxEntity.class)
                .setParameter("now", clock.instant())
                .setParameter("max", messagesMax)
                .getResultList()
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(0)
                        : database.backInContext(send.apply(
                                        rows.stream().map(Outbox::message).toList()))
                                .chain(() -> session.createMutationQuery("delete from OutboxEntity where id in (:ids)")
                                        .setParameter(
                                                "ids",
                                                rows.stream().map(row -> row.id).toList())
                                        .executeUpdate())));
    }

    private static OutgoingMessage message(OutboxEntity row) {
        return new OutgoingMessage(new Tenant(row.tenant), row.topic, row.messageKey, row.body, row.availableAt);
    }
}
