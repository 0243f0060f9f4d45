package org.saminversion.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitPreferenceTest {
    private static final Duration OTHERWISE = Duration.ofSeconds(5);

    @Test
    void theCallerChoosesUpToAMinute() {
        assertEquals(Duration.ofSeconds(12), read("wait=12"));
        assertEquals(Duration.ofSeconds(12), read("respond-async, wait = 12"));
        assertEquals(Duration.ofSeconds(60), read("wait=3600"));
        assertEquals(Duration.ZERO, read("wait=0"));
        assertEquals(Duration.ZERO, read("respond-async"));
    }

    @Test
    void whatIsNotUnderstoodIsPassedOver() {
        for (String header : new String[] {"", "wait", "wait=soon", "wait=-1", "return=minimal", "waiting=3"}) {
            assertEquals(OTHERWISE, read(header), header);
        }
        assertEquals(OTHERWISE, WaitPreference.read(Optional.empty(), OTHERWISE));
    }

    @Test
    void theAnswerTellsWhatWasApplied() {
        assertEquals(Optional.of("wait=60"), WaitPreference.applied(Optional.of("wait=61")));
        assertEquals(Optional.of("respond-async"), WaitPreference.applied(Optional.of("respond-async")));
        assertEquals(Optional.empty(), WaitPreference.applied(Optional.of("return=minimal")));
        assertEquals(Optional.empty(), WaitPreference.applied(Optional.empty()));
    }

    private static Duration read(String header) {
        return WaitPreference.read(Optional.of(header), OTHERWISE);
    }
}
