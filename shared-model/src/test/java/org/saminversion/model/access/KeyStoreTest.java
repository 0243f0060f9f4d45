package org.saminversion.model.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.BackendsResource;
import org.saminversion.model.store.MovableClock;

/** What the store of keys promises, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class KeyStoreTest {
    private static final Set<Scope> READER = Set.of(Scope.READ);
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    KeyStore keys;

    @Inject
    Pool database;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private final Tenant stranger = new Tenant("stranger-" + UUID.randomUUID());

    @Test
    void aKeyOpensUntilItIsRevoked() {
        IssuedKey issued = create("shop", Optional.empty());
        assertEquals(Optional.of(issued.key()), find(issued));
        assertEquals(Optional.of(issued.text().reveal()), parsed(issued).map(KeyText::reveal));
        assertTrue(await(keys.revoke(tenant, issued.key().id())));
        assertEquals(Optional.empty(), find(issued));
        assertFalse(await(keys.revoke(tenant, issued.key().id())), "it has ended already");
    }

    @Test
    void theDatabaseDoesNotHoldTheSecret() {
        IssuedKey issued = create("shop", Optional.empty());
        String row = await(database.preparedQuery("select k::text from api_keys k where id = $1")
                        .execute(Tuple.of(issued.key().id())))
                .iterator()
                .next()
                .getString(0);
        String secret = issued.text().reveal().substring("sam_".length() + 13);
        assertFalse(row.contains(secret), row);
        assertFalse(issued.text().toString().contains(secret));
    }

    @Test
    void anotherSecretOfAKnownIdOpensNothing() {
        IssuedKey issued = create("shop", Optional.empty());
        String text = issued.text().reveal();
        String changed = text.substring(0, text.length() - 1) + (text.endsWith("0") ? "1" : "0");
        assertEquals(Optional.empty(), await(keys.find(KeyText.parse(changed).orElseThrow())));
    }

    @Test
    void aKeyEndsAfterItsLifetime() {
        IssuedKey issued = create("trial", Optional.of(DAY));
        assertTrue(find(issued).isPresent());
        clock.advance(DAY);
        assertEquals(Optional.empty(), find(issued));
        assertTrue(await(keys.create(tenant, "trial", READER, Optional.empty())).isPresent(), "the name is free again");
    }

    @Test
    void aRotationLeavesTwoLiveKeysAndThenOne() {
        IssuedKey first = create("shop", Optional.empty());
        clock.advance(Duration.ofSeconds(1));
        IssuedKey second = rotate("shop");
        assertTrue(find(first).isPresent());
        assertTrue(find(second).isPresent());
        assertEquals(first.key().scopes(), second.key().scopes());

        clock.advance(Duration.ofSeconds(1));
        IssuedKey third = rotate("shop");
        assertEquals(Optional.empty(), find(first), "never are there three");
        assertTrue(find(second).isPresent());
        clock.advance(DAY);
        assertEquals(Optional.empty(), find(second));
        assertTrue(find(third).isPresent());
    }

    @Test
    void aNameIsGivenOnceAndOnlyALiveKeyIsRotated() {
        create("shop", Optional.empty());
        assertEquals(Optional.empty(), await(keys.create(tenant, "shop", READER, Optional.empty())));
        assertEquals(Optional.empty(), await(keys.rotate(tenant, "nobody", DAY)));
    }

    @Test
    void keysOfATenantAreNothingToAnother() {
        IssuedKey issued = create("shop", Optional.empty());
        assertEquals(List.of(), await(keys.list(stranger)));
        assertFalse(await(keys.revoke(stranger, issued.key().id())));
        assertEquals(Optional.empty(), await(keys.rotate(stranger, "shop", DAY)));
        assertTrue(
                await(keys.create(stranger, "shop", READER, Optional.empty())).isPresent());
        assertEquals(List.of(issued.key()), await(keys.list(tenant)));
        assertTrue(find(issued).isPresent());
    }

    @Test
    void whatIsNoKeyIsNotLookedFor() {
        for (String text : List.of(
                "", "sam_", "sam_0123456789ab_short", "SAM_0123456789ab_" + "0".repeat(48), "x".repeat(100_000))) {
            assertEquals(Optional.empty(), KeyText.parse(text));
        }
    }

    private IssuedKey create(String name, Optional<Duration> lifetime) {
        return await(keys.create(tenant, name, READER, lifetime)).orElseThrow();
    }

    private IssuedKey rotate(String name) {
        return await(keys.rotate(tenant, name, DAY)).orElseThrow();
    }

    private Optional<ApiKey> find(IssuedKey issued) {
        return await(keys.find(parsed(issued).orElseThrow()));
    }

    private static Optional<KeyText> parsed(IssuedKey issued) {
        return KeyText.parse(issued.text().reveal());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
