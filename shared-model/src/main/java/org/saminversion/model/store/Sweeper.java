package org.saminversion.model.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs the sweeps on a timer, in every process: whichever is alive looks after the jobs of those that died. */
@ApplicationScoped
public class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(60);

    private final SweepStore store;
    private final EditStore edits;
    private final Duration pause;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sweeper"));

    Sweeper(
            SweepStore store,
            EditStore edits,
            @ConfigProperty(name = "sam.sweeper.pause", defaultValue = "PT5S") Duration pause) {
        this.store = store;
        this.edits = edits;
        this.pause = pause;
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(this::sweepAll, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void sweepAll() {
        sweep("jobs put back after their worker was lost", store::returnAbandoned);
        sweep("jobs ended because a deadline passed", store::expireLate);
        sweep("jobs announced to the workers again", store::remind);
        sweep("edits announced to the workers again", edits::remind);
        sweep("jobs deleted because their retention is over", store::deleteExpired);
    }

    private void sweep(String what, Supplier<Uni<Integer>> sweep) {
        try {
            int jobs = sweep.get().await().atMost(SWEEP_TIMEOUT);
            if (jobs > 0) {
                LOG.infof("%d %s", jobs, what);
            }
        } catch (RuntimeException e) {
            if (!timer.isShutdown()) {
                LOG.warnf("A sweep failed and is tried again in %s: %s", pause, e);
            }
        }
    }
}
