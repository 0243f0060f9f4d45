package org.saminversion.model.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.saminversion.model.Tenant;

/** The keys of all tenants. Every operation but {@link #find} names the tenant, and sees nothing of another. */
@ApplicationScoped
public class KeyStore {
    static final String COLUMNS = "id, tenant, name, scopes, secret_sha256, created_at,"
            + " nullif(expires_at, 'infinity'::timestamptz) as ends_at";

    private final Pool database;
    private final InstantSource clock;
    private final RandomGenerator random;

    @Inject
    public KeyStore(Pool database, InstantSource clock) {
        this(database, clock, new SecureRandom());
    }

    KeyStore(Pool database, InstantSource clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes the first key of a name.
     *
     * @param lifetime how long it is valid; empty for no end
     * @return empty if a live key has the name already: that one is to be rotated
     */
    public Uni<Optional<IssuedKey>> create(Tenant tenant, String name, Set<Scope> scopes, Optional<Duration> lifetime) {
        return inTransaction(
                tenant,
                name,
                (connection, live) -> live.isEmpty()
                        ? insert(connection, tenant, name, scopes, lifetime.map(now()::plus))
                                .map(Optional::of)
                        : Uni.createFrom().item(Optional.<IssuedKey>empty()));
    }

    /**
     * Makes another key of the same scopes. The present one stays valid for a while, so that callers can be changed one after
     * the other; one that an earlier rotation left is ended now.
     *
     * @param overlap how long both are valid
     * @return empty if there is no live key of the name
     */
    public Uni<Optional<IssuedKey>> rotate(Tenant tenant, String name, Duration overlap) {
        return inTransaction(tenant, name, (connection, live) -> {
            if (live.isEmpty()) {
                return Uni.createFrom().item(Optional.<IssuedKey>empty());
            }
            ApiKey present = live.get(0);
            return endOthers(connection, tenant, name, present.id())
                    .chain(() -> end(connection, tenant, present.id(), now().plus(overlap)))
                    .chain(() -> insert(connection, tenant, name, present.scopes(), Optional.empty()))
                    .map(Optional::of);
        });
    }

    /** Ends a key at once. @return whether there was a live one with this id */
    public Uni<Boolean> revoke(Tenant tenant, String id) {
        return database.withTransaction(connection -> end(connection, tenant, id, now()));
    }

    /** All keys of the tenant, also those that have ended, newest first. */
    public Uni<List<ApiKey>> list(Tenant tenant) {
        return database.preparedQuery(
                        "select " + COLUMNS + " from api_keys where tenant = $1 order by created_at desc, id")
                .execute(Tuple.of(tenant.name()))
                .map(KeyStore::keys);
    }

    /** The key, if its secret is right and it is live. */
    public Uni<Optional<ApiKey>> find(KeyText text) {
        return database.preparedQuery("select " + COLUMNS + " from api_keys where id = $1")
                .execute(Tuple.of(text.id()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .filter(row -> text.hasSecret(row.getString("secret_sha256")))
                        .map(KeyStore::key)
                        .filter(key -> key.isLive(now()))
                        .findFirst());
    }

    @FunctionalInterface
    private interface Change<T> {
        Uni<Optional<T>> apply(SqlConnection connection, List<ApiKey> live);
    }

    /** Changes of one name wait for each other, so that a name never has more than two live keys. */
    private <T> Uni<Optional<T>> inTransaction(Tenant tenant, String name, Change<T> change) {
        return database.withTransaction(connection -> connection
                .preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                .execute(Tuple.of("api-key " + tenant.name() + " " + name))
                .chain(() -> connection
                        .preparedQuery("select " + COLUMNS + " from api_keys where tenant = $1 and name = $2"
                                + " and expires_at > $3 order by created_at desc, id")
                        .execute(Tuple.of(tenant.name(), name, at(now()))))
                .chain(rows -> change.apply(connection, keys(rows))));
    }

    private Uni<IssuedKey> insert(
            SqlConnection connection, Tenant tenant, String name, Set<Scope> scopes, Optional<Instant> expires) {
        KeyText text = KeyText.random(random);
        ApiKey key = new ApiKey(text.id(), tenant, name, scopes, now(), expires);
        return connection
                .preparedQuery("insert into api_keys (id, tenant, name, scopes, secret_sha256, created_at, expires_at)"
                        + " values ($1, $2, $3, $4, $5, $6, coalesce($7, 'infinity'::timestamptz))")
                .execute(Tuple.from(Arrays.asList(
                        key.id(),
                        tenant.name(),
                        name,
                        scopes.stream().sorted().map(Scope::name).toArray(String[]::new),
                        text.sha256(),
                        at(key.created()),
                        expires.map(KeyStore::at).orElse(null))))
                .replaceWith(new IssuedKey(key, text));
    }

    private Uni<Boolean> end(SqlConnection connection, Tenant tenant, String id, Instant end) {
        return connection
                .preparedQuery("update api_keys set expires_at = least(expires_at, $3) where tenant = $1 and id = $2"
                        + " and expires_at > $4")
                .execute(Tuple.of(tenant.name(), id, at(end), at(now())))
                .map(rows -> rows.rowCount() == 1);
    }

    private Uni<RowSet<Row>> endOthers(SqlConnection connection, Tenant tenant, String name, String kept) {
        return connection
                .preparedQuery("update api_keys set expires_at = $4 where tenant = $1 and name = $2 and id <> $3"
                        + " and expires_at > $4")
                .execute(Tuple.of(tenant.name(), name, kept, at(now())));
    }

    private static List<ApiKey> keys(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(KeyStore::key)
                .toList();
    }

    static ApiKey key(Row row) {
        return new ApiKey(
                row.getString("id"),
                new Tenant(row.getString("tenant")),
                row.getString("name"),
                Arrays.stream(row.getArrayOfStrings("scopes"))
                        .map(Scope::valueOf)
                        .collect(Collectors.toSet()),
                row.getOffsetDateTime("created_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("ends_at")).map(OffsetDateTime::toInstant));
    }

    /** In microseconds, the resolution of PostgreSQL. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
