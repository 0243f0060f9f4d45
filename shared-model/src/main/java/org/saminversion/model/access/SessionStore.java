package org.saminversion.model.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/** Browsers that are signed in. A session opens what its key opens, and no longer than that. */
@ApplicationScoped
public class SessionStore {
    private final Pool database;
    private final InstantSource clock;
    private final RandomGenerator random;

    @Inject
    public SessionStore(Pool database, InstantSource clock) {
        this(database, clock, new SecureRandom());
    }

    SessionStore(Pool database, InstantSource clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /** Signs a browser in, and forgets sessions that have ended. @param key that it has shown */
    public Uni<SessionToken> open(ApiKey key, Duration lifetime) {
        SessionToken token = SessionToken.random(random);
        Instant now = clock.instant();
        return database.preparedQuery("with ended as (delete from sessions where expires_at <= $4)"
                        + " insert into sessions (token_sha256, tenant, key_id, created_at, expires_at)"
                        + " values ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        token.sha256(),
                        key.tenant().name(),
                        key.id(),
                        now.atOffset(ZoneOffset.UTC),
                        now.plus(lifetime).atOffset(ZoneOffset.UTC)))
                .replaceWith(token);
    }

    /** The key of a session that goes on; empty if it has ended, or its key has. */
    public Uni<Optional<ApiKey>> find(SessionToken token) {
        return database.preparedQuery("select " + KeyStore.COLUMNS + " from api_keys where id ="
                        + " (select key_id from sessions where token_sha256 = $1 and expires_at > $2)")
                .execute(Tuple.of(token.sha256(), clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(KeyStore::key)
                        .filter(key -> key.isLive(clock.instant()))
                        .findFirst());
    }

    /** Signs a browser out. */
    public Uni<Void> close(SessionToken token) {
        return database.preparedQuery("delete from sessions where token_sha256 = $1")
                .execute(Tuple.of(token.sha256()))
                .replaceWithVoid();
    }
}
