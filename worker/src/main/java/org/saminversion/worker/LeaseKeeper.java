package org.saminversion.worker;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.LeaseLost;
import org.saminversion.model.store.Pulse;
import org.saminversion.model.store.WorkStore;
import org.saminversion.sharequeue.Delivery;

/**
 * Renews a lease while its work goes on, and knows whether it should. The working thread asks {@link #check} often.
 *
 * <p>A database that does not answer is no reason to stop: the lease may still be ours when it is back, and if it is not, the
 * fence refuses our writes.
 */
final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);
    /** Also how soon a cancellation is seen. */
    private static final long BEAT_MS = 500;

    private final WorkStore store;
    private final Lease lease;
    private final Delivery delivery;
    private final BooleanSupplier unwelcome;
    private final AtomicReference<Pulse> pulse = new AtomicReference<>(Pulse.GO_ON);
    private final ScheduledFuture<?> beats;

    LeaseKeeper(
            WorkStore store,
            Lease lease,
            Delivery delivery,
            BooleanSupplier unwelcome,
            ScheduledExecutorService timer) {
        this.store = store;
        this.lease = lease;
        this.delivery = delivery;
        this.unwelcome = unwelcome;
        this.beats = timer.scheduleWithFixedDelay(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * @throws JobFailure.Cancelled if somebody asked to stop
     * @throws LeaseLost if somebody else has the job
     * @throws PutBack if this process should not go on with it
     */
    void check() {
        switch (pulse.get()) {
            case CANCEL -> throw new JobFailure.Cancelled("The job was cancelled while it ran.");
            case LOST -> throw new LeaseLost(lease);
            case GO_ON -> {}
        }
        if (unwelcome.getAsBoolean()) {
            throw new PutBack("this worker shuts down, or needs its slot for a person");
        }
        if (delivery.lost().toCompletableFuture().isDone()) {
            throw new PutBack("Kafka gave up on this worker");
        }
    }

    private void beat() {
        try {
            Pulse answer = Stores.await(store.heartbeat(lease));
            if (answer != Pulse.GO_ON) {
                pulse.set(answer);
            }
        } catch (RuntimeException e) {
            LOG.warnf("The heartbeat of job %s failed and is tried again: %s", lease.job(), e.getMessage());
        }
    }

    @Override
    public void close() {
        beats.cancel(false);
    }
}
