package org.saminversion.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Tenant;

class RateLimitsTest {
    private static final Tenant BUSY = new Tenant("busy");

    private Instant now = Instant.parse("2026-11-25T00:00:00Z");
    /** Three at once, two each second. */
    private final RateLimits limits = new RateLimits(() -> now, 2, 3);

    @Test
    void aBurstIsGrantedAndTheNextRequestWaits() {
        for (int left = 2; left >= 0; left--) {
            Allowance allowance = limits.take(BUSY);
            assertTrue(allowance.granted());
            assertEquals(left, allowance.remaining());
        }
        Allowance refused = limits.take(BUSY);
        assertFalse(refused.granted());
        assertEquals(1, refused.retryAfterSeconds());
        assertEquals("\"requests\";q=3;w=2", refused.headers().get("RateLimit-Policy"));
        assertEquals("\"requests\";r=0;t=2", refused.headers().get("RateLimit"));

        now = now.plus(Duration.ofMillis(500));
        assertTrue(limits.take(BUSY).granted());
        assertFalse(limits.take(BUSY).granted());
    }

    @Test
    void aBusyTenantTakesNothingFromAnother() {
        for (int i = 0; i < 10; i++) {
            limits.take(BUSY);
        }
        assertEquals(2, limits.take(new Tenant("quiet")).remaining());
    }
}
