package org.saminversion.gateway.batches;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Does work in rounds: again at once while there is some, after a pause or a call when there is none. */
final class PollingThread {
    private static final Logger LOG = Logger.getLogger(PollingThread.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration TROUBLE_PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final Duration poll;
    private final BooleanSupplier round;
    private final Semaphore wake = new Semaphore(0);
    private final ExecutorService thread;
    private volatile boolean stopping;

    /** @param round returns whether there was something to do */
    PollingThread(String name, Duration poll, BooleanSupplier round) {
        this.name = name;
        this.poll = poll;
        this.round = round;
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    }

    void start() {
        thread.execute(this::run);
    }

    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** Waits for the present round, which should look at {@link #isStopping} if it is long. */
    void stop() throws InterruptedException {
        stopping = true;
        wake();
        thread.shutdown();
        if (!thread.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                Duration pause = workOnce();
                if (!pause.isZero() && !stopping) {
                    wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration workOnce() {
        try {
            return round.getAsBoolean() ? Duration.ZERO : poll;
        } catch (RuntimeException e) {
            if (!stopping) {
                LOG.warnf("%s met trouble and tries again: %s", name, e);
            }
            return TROUBLE_PAUSE;
        }
    }
}
