package org.saminversion.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.saminversion.model.callback.Outcome;
import org.saminversion.model.callback.SendStore;

/**
 * Shows tries of this process as {@code sam_callback_seconds} by outcome, and what all gateways together have left to do as
 * {@code sam_callbacks_waiting} and {@code sam_callback_lag_seconds}.
 */
@Singleton
class SenderMeters {
    private final MeterRegistry registry;
    private volatile SendStore.Left left = new SendStore.Left(0, Duration.ZERO);

    SenderMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("sam.callbacks.waiting", this, meters -> meters.left.waiting())
                .description("Callbacks that have neither arrived nor been given up")
                .register(registry);
        Gauge.builder(
                        "sam.callback.lag.seconds",
                        this,
                        meters -> meters.left.lag().toMillis() / 1000.0)
                .description("How long the callback that is due the longest has waited for a sender")
                .register(registry);
    }

    void left(SendStore.Left latest) {
        left = latest;
    }

    /** A try has ended. */
    void tried(MessageSender.Result result) {
        registry.timer("sam.callback", "outcome", word(result.outcome()))
                .record(result.attempt().duration());
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            return "accepted";
        }
        if (outcome instanceof Outcome.Gone) {
            return "gone";
        }
        return outcome instanceof Outcome.Failed ? "failed" : "exhausted";
    }
}
