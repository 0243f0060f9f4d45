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
    private static final int CHUNKS_MAX = 20;
    private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(60);

    private final SweepStore store;
    private final EditStore edits;
    private final RetentionStore retention;
    private final Duration pause;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sweeper"));

    Sweeper(
            SweepStore store,
            EditStore edits,
            RetentionStore retention,
            @ConfigProperty(name = "sam.sweeper.pause") Duration pause) {
        this.store = store;
        this.edits = edits;
        this.retention = retention;
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
        sweepFully("previews of edits deleted", edits::deleteOldPreviews);
        sweepFully("jobs deleted because their retention is over", retention::deleteExpiredJobs);
        sweepFully("deleted jobs forgotten", retention::deleteOldTombstones);
        sweepFully("answers to repeated requests forgotten", retention::deleteOldAnswers);
        sweep("files deleted after the last job that had them", retention::deleteUnnamedBlobs);
    }

    private void sweep(String what, Supplier<Uni<Integer>> sweep) {
        sweep(what, sweep, 1);
    }

    /** Goes on as long as chunks are full, because more may be waiting; then other sweeps have their turn. */
    private void sweepFully(String what, Supplier<Uni<Integer>> sweep) {
        sweep(what, sweep, CHUNKS_MAX);
    }

    private void sweep(String what, Supplier<Uni<Integer>> sweep, int chunksMax) {
        try {
            int done = 0;
            int chunk = RetentionStore.CHUNK;
            for (int i = 0; i < chunksMax && chunk == RetentionStore.CHUNK; i++) {
                chunk = sweep.get().await().atMost(SWEEP_TIMEOUT);
                done += chunk;
            }
            if (done > 0) {
                LOG.infof("%d %s", done, what);
            }
        } catch (RuntimeException e) {
            if (!timer.isShutdown()) {
                LOG.warnf("A sweep failed and is tried again in %s: %s", pause, e);
            }
        }
    }
}
