package org.saminversion.gateway.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.model.store.Backlog;
import org.saminversion.model.store.BacklogStore;

/**
 * Shows the work that is left as {@code sam_backlog_jobs}, {@code sam_backlog_seconds} and {@code sam_queue_age_seconds}, each by
 * {@code stage}, and {@code sam_outbox_age_seconds}. Every gateway shows the same figures: they are those of the database.
 */
@ApplicationScoped
public class BacklogMeters {
    private static final Logger LOG = Logger.getLogger(BacklogMeters.class);
    private static final Backlog.Queue EMPTY = new Backlog.Queue(0, 0, 0);

    private final BacklogStore store;
    private final MeterRegistry registry;
    private final Duration pause;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "backlog-meters"));
    private volatile Backlog latest =
            new Backlog(Map.of(Backlog.MAP, EMPTY, Backlog.RUN, EMPTY, Backlog.EDIT, EMPTY), 0, 0);

    BacklogMeters(
            BacklogStore store, MeterRegistry registry, @ConfigProperty(name = "sam.metrics.pause") Duration pause) {
        this.store = store;
        this.registry = registry;
        this.pause = pause;
    }

    void start(@Observes StartupEvent event) {
        for (String stage : new String[] {Backlog.MAP, Backlog.RUN, Backlog.EDIT}) {
            gauge("sam.backlog.jobs", stage, backlog -> {
                Backlog.Queue queue = backlog.queues().get(stage);
                return queue.waiting() + queue.working();
            });
            gauge("sam.backlog.seconds", stage, backlog -> backlog.seconds(stage));
            gauge(
                    "sam.queue.age.seconds",
                    stage,
                    backlog -> backlog.queues().get(stage).ageSeconds());
        }
        Gauge.builder("sam.outbox.age.seconds", this, meters -> meters.latest.outboxAgeSeconds())
                .description("How long the oldest message has waited to be sent to Kafka")
                .register(registry);
        timer.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /** How long the oldest message has waited to be sent to Kafka. */
    public Duration outboxAge() {
        return Duration.ofMillis(Math.round(1000 * latest.outboxAgeSeconds()));
    }

    private void gauge(String name, String stage, ToDoubleFunction<Backlog> value) {
        Gauge.builder(name, this, meters -> value.applyAsDouble(meters.latest))
                .tag("stage", stage)
                .register(registry);
    }

    private void look() {
        try {
            latest = Waiting.forStore(store.read());
        } catch (RuntimeException e) {
            if (!timer.isShutdown()) {
                LOG.debugf("The backlog could not be counted and is looked at again in %s: %s", pause, e);
            }
        }
    }
}
