package org.saminversion.model.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.BackendsResource;
import org.saminversion.model.store.MovableClock;

/** What the store of sessions promises, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class SessionStoreTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    SessionStore sessions;

    @Inject
    KeyStore keys;

    @Inject
    Pool database;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());

    @Test
    void aSessionStandsForItsKeyUntilItIsClosed() {
        ApiKey key = key();
        SessionToken token = await(sessions.open(key, HOUR));
        assertEquals(Optional.of(key), await(sessions.find(token)));
        assertEquals(
                Optional.of(key),
                await(sessions.find(SessionToken.parse(token.reveal()).orElseThrow())));
        await(sessions.close(token));
        assertEquals(Optional.empty(), await(sessions.find(token)));
    }

    @Test
    void aSessionEndsWithItsTime() {
        SessionToken token = await(sessions.open(key(), HOUR));
        clock.advance(HOUR);
        assertEquals(Optional.empty(), await(sessions.find(token)));
    }

    @Test
    void aSessionEndsWithItsKey() {
        ApiKey key = key();
        SessionToken token = await(sessions.open(key, HOUR));
        await(keys.revoke(tenant, key.id()));
        assertEquals(Optional.empty(), await(sessions.find(token)));
    }

    @Test
    void theDatabaseDoesNotHoldTheToken() {
        SessionToken token = await(sessions.open(key(), HOUR));
        String rows = await(database.query("select string_agg(s::text, ' ') from sessions s")
                        .execute())
                .iterator()
                .next()
                .getString(0);
        assertFalse(rows.contains(token.reveal()));
        assertFalse(token.toString().contains(token.reveal()));
    }

    @Test
    void whatIsNoTokenIsNotLookedFor() {
        assertEquals(Optional.empty(), SessionToken.parse("' or true --"));
        assertEquals(Optional.empty(), SessionToken.parse(""));
    }

    private ApiKey key() {
        return await(keys.create(tenant, "key-" + UUID.randomUUID(), Set.of(Scope.READ), Optional.empty()))
                .orElseThrow()
                .key();
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
