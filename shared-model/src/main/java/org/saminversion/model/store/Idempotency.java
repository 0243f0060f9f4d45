package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Does what a caller may ask for twice once: the answer is stored in the transaction of the work itself. */
@ApplicationScoped
public class Idempotency {
    private final Pool database;
    private final InstantSource clock;
    private final Duration kept;

    Idempotency(Pool database, InstantSource clock, @ConfigProperty(name = "sam.idempotency.kept") Duration kept) {
        this.database = database;
        this.clock = clock;
        this.kept = kept;
    }

    /** @param work runs on the connection of the transaction; if it fails, nothing is stored and the key stays free */
    public Uni<Once> once(IdempotencyKey key, Function<SqlConnection, Uni<StoredAnswer>> work) {
        return database.withTransaction(connection -> lock(connection, key)
                .chain(locked -> locked
                        ? find(connection, key)
                                .chain(known -> known.isPresent()
                                        ? Uni.createFrom().item(known.get())
                                        : work.apply(connection).chain(answer -> store(connection, key, answer)))
                        : Uni.createFrom().<Once>item(new Once.InFlight())));
    }

    /** A lock of the database, so that it holds for all gateways and ends with the one that has it. */
    private static Uni<Boolean> lock(SqlConnection connection, IdempotencyKey key) {
        return connection
                .preparedQuery("select pg_try_advisory_xact_lock(hashtextextended($1, 1))")
                .execute(Tuple.of(key.tenant().name() + "\n" + key.route() + "\n" + key.key()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Uni<Optional<Once>> find(SqlConnection connection, IdempotencyKey key) {
        return connection
                .preparedQuery("select request_sha256, status, location, body from idempotency_keys"
                        + " where tenant = $1 and route = $2 and key = $3 and expires_at > $4")
                .execute(Tuple.of(key.tenant().name(), key.route(), key.key(), now()))
                .map(rows -> {
                    Iterator<Row> found = rows.iterator();
                    return found.hasNext() ? Optional.of(outcome(found.next(), key)) : Optional.empty();
                });
    }

    private static Once outcome(Row row, IdempotencyKey key) {
        return row.getString("request_sha256").equals(key.requestSha256())
                ? new Once.Replayed(
                        new StoredAnswer(row.getInteger("status"), row.getString("location"), row.getString("body")))
                : new Once.OtherRequest();
    }

    private Uni<Once> store(SqlConnection connection, IdempotencyKey key, StoredAnswer answer) {
        return connection
                .preparedQuery("insert into idempotency_keys"
                        + " (tenant, route, key, request_sha256, status, location, body, expires_at)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant, route, key) do update"
                        + " set request_sha256 = excluded.request_sha256, status = excluded.status,"
                        + " location = excluded.location, body = excluded.body, expires_at = excluded.expires_at")
                .execute(Tuple.from(List.of(
                        key.tenant().name(),
                        key.route(),
                        key.key(),
                        key.requestSha256(),
                        answer.status(),
                        answer.location(),
                        answer.body(),
                        now().plus(kept))))
                .replaceWith(new Once.Done(answer));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
