package org.saminversion.gateway.dashboard.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.saminversion.gateway.events.EventFanOut;

/**
 * Streams of what changes on open pages. Nothing is kept between streams: a new one begins with all that the page should show, so
 * that a page whose gateway was restarted, or that goes on at another gateway, misses nothing. {@code sam_pages_open} counts them.
 */
@ApplicationScoped
public class LivePages {
    /** A stream ends after this, and its page opens another: so long may a key that was revoked go on looking. */
    private static final Duration LIFE = Duration.ofMinutes(5);

    /** The most often that a page changes. */
    private static final long PAUSE_MS = 1_000;

    private final EventFanOut fanOut;
    private final ObjectMapper json;
    private final MeterRegistry registry;
    private final AtomicInteger open = new AtomicInteger();

    LivePages(EventFanOut fanOut, ObjectMapper json, MeterRegistry registry) {
        this.fanOut = fanOut;
        this.json = json;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("sam.pages.open", open, AtomicInteger::get)
                .description("Pages of the dashboard that are kept up to date by this gateway")
                .register(registry);
    }

    /**
     * Events {@code view} with the differences as JSON, {@code trouble} while the store does not answer, and {@code beat} when
     * there has long been nothing else.
     *
     * @param look reads the store; called about once a second while jobs change, and every few seconds otherwise
     */
    public Multi<OutboundSseEvent> follow(Sse sse, Supplier<Uni<LiveView>> look) {
        return Multi.createFrom().emitter(emitter -> {
            LiveStream stream = new LiveStream(
                    look,
                    (name, view) -> emitter.emit(event(sse, name, view)),
                    () -> !emitter.isCancelled() && emitter.requested() > 0);
            open.incrementAndGet();
            Runnable stopListening = fanOut.listen(stream::poke);
            ScheduledFuture<?> timer = Infrastructure.getDefaultWorkerPool()
                    .scheduleWithFixedDelay(stream::tick, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
            ScheduledFuture<?> end = Infrastructure.getDefaultWorkerPool()
                    .schedule(emitter::complete, LIFE.toMillis(), TimeUnit.MILLISECONDS);
            emitter.onTermination(() -> {
                open.decrementAndGet();
                stopListening.run();
                timer.cancel(false);
                end.cancel(false);
            });
        });
    }

    private OutboundSseEvent event(Sse sse, String name, LiveView view) {
        try {
            return sse.newEvent(name, json.writeValueAsString(view));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view of ours does not turn into JSON", e);
        }
    }
}
