package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

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
        return database.withTransaction(
                connection -> once(Statements.of(connection), key, () -> work.apply(connection)));
    }

    /** The same in a transaction that is there already. @param work runs in it; if it fails, the whole transaction must */
    public Uni<Once> once(Mutiny.Session transaction, IdempotencyKey key, Supplier<Uni<StoredAnswer>> work) {
        return once(Statements.of(transaction), key, work);
    }

    private Uni<Once> once(Statements statements, IdempotencyKey key, Supplier<Uni<StoredAnswer>> work) {
        return lock(statements, key)
                .chain(locked -> locked
                        ? find(statements, key)
                                .chain(known -> known.isPresent()
                                        ? Uni.createFrom().item(known.get())
                                        : work.get().chain(answer -> store(statements, key, answer)))
                        : Uni.createFrom().<Once>item(new Once.InFlight()));
    }

    /** A lock of the database, so that it holds for all gateways and ends with the one that has it. */
    private static Uni<Boolean> lock(Statements statements, IdempotencyKey key) {
        return statements
                .run(
                        "select pg_try_advisory_xact_lock(hashtextextended($1, 1))",
                        List.of(key.tenant().name() + "\n" + key.route() + "\n" + key.key()))
                .map(rows -> (Boolean) rows.get(0)[0]);
    }

    private Uni<Optional<Once>> find(Statements statements, IdempotencyKey key) {
        return statements
                .run(
                        "select request_sha256, status, location, body from idempotency_keys"
                                + " where tenant = $1 and route = $2 and key = $3 and expires_at > $4",
                        List.of(key.tenant().name(), key.route(), key.key(), now()))
                .map(rows -> rows.stream().map(row -> outcome(row, key)).findFirst());
    }

    private static Once outcome(Object[] row, IdempotencyKey key) {
        return row[0].equals(key.requestSha256())
                ? new Once.Replayed(new StoredAnswer((Integer) row[1], (String) row[2], (String) row[3]))
                : new Once.OtherRequest();
    }

    private Uni<Once> store(Statements statements, IdempotencyKey key, StoredAnswer answer) {
        return statements
                .run(
                        "insert into idempotency_keys"
                                + " (tenant, route, key, request_sha256, status, location, body, expires_at)"
                                + " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant, route, key) do update"
                                + " set request_sha256 = excluded.request_sha256, status = excluded.status,"
                                + " location = excluded.location, body = excluded.body, expires_at = excluded.expires_at"
                                + " returning status",
                        List.of(
                                key.tenant().name(),
                                key.route(),
                                key.key(),
                                key.requestSha256(),
                                answer.status(),
                                answer.location(),
                                answer.body(),
                                now().plus(kept)))
                .replaceWith(new Once.Done(answer));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
