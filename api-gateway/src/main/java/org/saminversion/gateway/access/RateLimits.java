package org.saminversion.gateway.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.model.Tenant;

/** How many requests each tenant may make of this gateway: a burst at once, and so many each second for ever. */
@ApplicationScoped
class RateLimits {
    private final long burst;
    private final Duration window;
    private final LoadingCache<Tenant, Bucket> buckets;

    RateLimits(
            InstantSource clock,
            @ConfigProperty(name = "sam.limits.requests-per-second") long perSecond,
            @ConfigProperty(name = "sam.limits.request-burst") long burst) {
        this.burst = burst;
        this.window = Duration.ofMillis(1000 * burst / perSecond);
        // An idle bucket is full after the window: whether it is forgotten then makes no difference.
        this.buckets = Caffeine.newBuilder()
                .expireAfterAccess(window.plusMinutes(1))
                .build(tenant -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .withCustomTimePrecision(meter(clock))
                        .build());
    }

    /** Takes one request from the tenant's allowance, if there is one. */
    Allowance take(Tenant tenant) {
        ConsumptionProbe probe = buckets.get(tenant).tryConsumeAndReturnRemaining(1);
        return new Allowance(
                probe.isConsumed(),
                burst,
                window,
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    private static TimeMeter meter(InstantSource clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                Instant now = clock.instant();
                return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
