package org.saminversion.gateway.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.StartupEvent;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.SessionStore;

/** What needs no look into the database; keys that are in it are tried in AccessTest over HTTP. */
class CallersTest {
    private static final KeyStore NEVER_ASKED = new KeyStore(null, InstantSource.system());
    private static final SessionStore NEVER_ASKED_EITHER = new SessionStore(null, InstantSource.system());

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void aServiceForOthersDoesNotStartWithoutKeys(String host) {
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> callers(false, host).refuseToStandOpen(new StartupEvent()));
        assertTrue(refused.getMessage().contains("sam.keys.required=true"), refused.getMessage());
        assertDoesNotThrow(() -> callers(true, host).refuseToStandOpen(new StartupEvent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void onLoopbackEverybodyIsTheTenantOfTheConfiguration(String host) {
        assertDoesNotThrow(() -> callers(false, host).refuseToStandOpen(new StartupEvent()));
        Caller caller = callers(false, host)
                .identify(Optional.empty(), Optional.empty())
                .await()
                .indefinitely();
        assertEquals("default", caller.tenant().name());
    }

    @Test
    void aRequestWithoutAKeyIsRefusedWhereKeysAreRequired() {
        ProblemFailure refused = assertThrows(
                ProblemFailure.class,
                () -> callers(true, "0.0.0.0")
                        .identify(Optional.empty(), Optional.of("no session's token"))
                        .await()
                        .indefinitely());
        assertEquals(ProblemKind.KEY_MISSING, refused.kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer sam_x", "Basic YTpi", "Bearer \u0000", "sam_0123456789ab_00"})
    void whatIsNoKeyIsRefusedEverywhere(String header) {
        ProblemFailure refused = assertThrows(
                ProblemFailure.class,
                () -> callers(false, "127.0.0.1")
                        .identify(Optional.of(header), Optional.empty())
                        .await()
                        .indefinitely());
        assertEquals(ProblemKind.KEY_INVALID, refused.kind());
    }

    private static Callers callers(boolean required, String host) {
        return new Callers(NEVER_ASKED, NEVER_ASKED_EITHER, InstantSource.system(), required, host, "default");
    }
}
