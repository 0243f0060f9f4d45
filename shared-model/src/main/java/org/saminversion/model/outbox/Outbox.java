package org.saminversion.model.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Tenant;
import org.saminversion.model.TraceContext;

/** The table of messages that wait to be sent. */
@ApplicationScoped
public class Outbox {
    private final Pool pool;
    private final InstantSource clock;

    Outbox(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * @param topic one of {@link org.saminversion.model.Topics}
     * @param key messages of one key keep their order where Kafka keeps it
     * @param trace that the message belongs to
     */
    public record OutgoingMessage(
            Tenant tenant, String topic, String key, String body, Instant availableAt, Optional<TraceContext> trace) {}

    /** Adds a message to the transaction of the session. */
    public Uni<Void> add(Mutiny.Session session, OutgoingMessage message) {
        OutboxEntity row = new OutboxEntity();
        row.tenant = message.tenant().name();
        row.topic = message.topic();
        row.messageKey = message.key();
        row.body = message.body();
        row.availableAt = message.availableAt();
        row.createdAt = clock.instant();
        row.traceparent = message.trace().map(TraceContext::toString).orElse(null);
        return session.persist(row);
    }

    /**
     * Sends the oldest messages that are due and deletes them. Relays of several processes share the work without waiting for
     * each other. A crash between sending and deleting sends a message twice; never is one lost.
     *
     * @param send completes when the broker has all of them
     * @return how many were sent
     */
    public Uni<Integer> relay(int messagesMax, Function<List<OutgoingMessage>, Uni<Void>> send) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("delete from outbox where id in (select id from outbox where available_at <= $1"
                        + " order by id limit $2 for update skip locked)"
                        + " returning id, tenant, topic, message_key, body, available_at, traceparent")
                .execute(Tuple.of(clock.instant().atOffset(ZoneOffset.UTC), messagesMax))
                .map(Outbox::messages)
                .chain(messages -> messages.isEmpty()
                        ? Uni.createFrom().item(0)
                        : send.apply(messages).replaceWith(messages.size())));
    }

    /** In the order in which they were written; the database returns what it deleted in any. */
    private static List<OutgoingMessage> messages(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .sorted(Comparator.comparing(row -> row.getLong("id")))
                .map(row -> new OutgoingMessage(
                        new Tenant(row.getString("tenant")),
                        row.getString("topic"),
                        row.getString("message_key"),
                        row.getString("body"),
                        row.getOffsetDateTime("available_at").toInstant(),
                        Optional.ofNullable(row.getString("traceparent")).flatMap(TraceContext::parse)))
                .toList();
    }
}
