package org.saminversion.worker;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.crew.Worker;
import org.saminversion.model.crew.WorkerStore;

/** Tells again and again that a worker is there. Nothing of its work depends on that. */
final class Presence {
    private static final Logger LOG = Logger.getLogger(Presence.class);

    private final WorkerStore store;
    private final Worker worker;
    private final ScheduledExecutorService timer;
    private Optional<ScheduledFuture<?>> beats = Optional.empty();

    Presence(WorkerStore store, Worker worker, ScheduledExecutorService timer) {
        this.store = store;
        this.worker = worker;
        this.timer = timer;
    }

    void begin() {
        beats = Optional.of(timer.scheduleWithFixedDelay(
                () -> tolerate(() -> Stores.await(store.tell(worker))),
                0,
                WorkerStore.BEAT.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    void end() {
        beats.ifPresent(present -> present.cancel(false));
        tolerate(() -> Stores.await(store.leave(worker)));
    }

    private void tolerate(Runnable telling) {
        try {
            telling.run();
        } catch (JobFailure.Transient e) {
            LOG.debugf("%s could not tell that it is there: %s", worker.name(), e.getMessage());
        }
    }
}
