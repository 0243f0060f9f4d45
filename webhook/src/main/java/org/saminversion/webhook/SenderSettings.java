package org.saminversion.webhook;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The keys {@code sam.callbacks.*}; META-INF/microprofile-config.properties explains them. */
@Singleton
class SenderSettings {
    /** A sender has this long to write down an answer that came at the last moment. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(15);

    @ConfigProperty(name = "sam.callbacks.retries")
    List<Duration> retries;

    @ConfigProperty(name = "sam.callbacks.retries-scale")
    double retriesScale;

    @ConfigProperty(name = "sam.callbacks.timeout")
    Duration timeout;

    @ConfigProperty(name = "sam.callbacks.senders")
    int senders;

    @ConfigProperty(name = "sam.callbacks.per-endpoint")
    int perEndpoint;

    @ConfigProperty(name = "sam.callbacks.poll")
    Duration poll;

    @ConfigProperty(name = "sam.callbacks.retention")
    Duration retention;

    Duration lease() {
        return timeout.plus(LEASE_MARGIN);
    }
}
