package org.saminversion.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.saminversion.model.Lane;
import org.saminversion.model.store.Stage;

/** What a worker counts and measures. The names are explained in docs/operating.md. */
@Singleton
public class WorkMeters {
    private static final Duration WAIT_LEAST = Duration.ofMillis(10);
    private static final Duration WAIT_MOST = Duration.ofHours(6);

    private final MeterRegistry registry;

    public WorkMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A job was taken up: {@code sam_attempts_total}. */
    Timer.Sample taken(Stage stage) {
        registry.counter("sam.attempts", "stage", word(stage)).increment();
        return Timer.start(registry);
    }

    /** A job has found its first worker, this long after its submission: {@code sam_wait_seconds} by lane, as a histogram. */
    void waited(Lane lane, Duration wait) {
        Timer.builder("sam.wait")
                .tag("lane", lane.name().toLowerCase(Locale.ROOT))
                .publishPercentileHistogram()
                .minimumExpectedValue(WAIT_LEAST)
                .maximumExpectedValue(WAIT_MOST)
                .register(registry)
                .record(wait);
    }

    /** Its work ended: {@code sam_work_seconds} by outcome, and {@code sam_lease_losses_total}. */
    void ended(Stage stage, Outcome outcome, Timer.Sample since) {
        since.stop(registry.timer("sam.work", "stage", word(stage), "outcome", outcome.word()));
        if (outcome == Outcome.LEASE_LOST) {
            registry.counter("sam.lease.losses", "stage", word(stage)).increment();
        }
    }

    /** Optimisation steps that were done together: {@code sam_step_seconds}, each with its share of the time. */
    public void steps(int count, Duration together) {
        Timer steps = registry.timer("sam.step");
        for (int i = 0; i < count; i++) {
            steps.record(together.toNanos() / count, TimeUnit.NANOSECONDS);
        }
    }

    /** A further edit was rendered, or failed: {@code sam_edit_seconds}. */
    public void edited(boolean done, Timer.Sample since) {
        since.stop(registry.timer("sam.edit", "outcome", (done ? Outcome.DONE : Outcome.FAILED).word()));
    }

    /** The beginning of something whose time is measured. */
    public Timer.Sample start() {
        return Timer.start(registry);
    }

    private static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
