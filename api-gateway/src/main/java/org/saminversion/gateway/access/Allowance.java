package org.saminversion.gateway.access;

import java.time.Duration;
import java.util.Map;

/**
 * What a tenant may still ask for.
 *
 * @param granted whether the present request is within it
 * @param remaining requests that may follow at once
 * @param untilNext until one more may be made; zero if one may be made now
 * @param untilFull until the whole burst may be made again
 */
record Allowance(boolean granted, long burst, Duration window, long remaining, Duration untilNext, Duration untilFull) {
    /** At least 1, in whole seconds, as Retry-After wants it. */
    long retryAfterSeconds() {
        return Math.max(1, ceilSeconds(untilNext));
    }

    /** As draft-ietf-httpapi-ratelimit-headers-11 writes them. */
    Map<String, Object> headers() {
        return Map.of(
                "RateLimit-Policy",
                "\"requests\";q=" + burst + ";w=" + Math.max(1, ceilSeconds(window)),
                "RateLimit",
                "\"requests\";r=" + remaining + ";t=" + ceilSeconds(untilFull));
    }

    private static long ceilSeconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
