package org.saminversion.sharequeue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * A queue with its slots. At most one message per slot is open, so that the buffer behind {@link #messages()} is bounded by
 * the number of slots.
 */
public final class ShareQueue implements AutoCloseable {
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);

    private final String name;
    private final ShareQueueSettings settings;
    private final List<Slot> slots = new CopyOnWriteArrayList<>();
    private final ExecutorService slotThreads;
    // Apart from the slots' threads, so that a subscriber that blocks never holds up the renewal of a lock.
    private final ExecutorService dispatch;
    private volatile boolean stopping;

    /** @param name prefix of thread names and Kafka client ids */
    public ShareQueue(String name, ShareQueueSettings settings) {
        this.name = name;
        this.settings = settings;
        this.slotThreads = Executors.newFixedThreadPool(settings.slots(), task -> new Thread(task, name + "-slot"));
        this.dispatch = Executors.newSingleThreadExecutor(task -> new Thread(task, name + "-dispatch"));
    }

    /**
     * Messages with {@link Delivery} metadata; acknowledge to finish one, refuse it to have it delivered again, or refuse it
     * with {@link RejectedDelivery} to drop it. To be subscribed to once. They arrive on one thread: a subscriber that
     * wants as many in work as there are slots must move them to others.
     */
    public Multi<Message<String>> messages() {
        return Multi.createFrom().<Message<String>>emitter(this::start, BackPressureStrategy.BUFFER);
    }

    private synchronized void start(MultiEmitter<? super Message<String>> emitter) {
        for (int i = 0; i < settings.slots(); i++) {
            Slot slot = new Slot(name + "-" + i, settings, message -> dispatch.execute(() -> emitter.emit(message)));
            slots.add(slot);
            slotThreads.execute(slot);
        }
    }

    String name() {
        return name;
    }

    /** Whether the broker answers every slot. */
    boolean isConnected() {
        return slots.stream().allMatch(Slot::isConnected);
    }

    /** Whether no slot has come to an end without being told to. */
    boolean isAlive() {
        return stopping || slots.stream().noneMatch(Slot::isEnded);
    }

    /** Takes no further records; those in work are still settled. */
    public synchronized void stopTaking() {
        stopping = true;
        slots.forEach(Slot::stop);
    }

    /** Takes no further records, and waits a while for those in work to be settled. */
    @Override
    public synchronized void close() {
        stopTaking();
        slotThreads.shutdown();
        try {
            if (!slotThreads.awaitTermination(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                slotThreads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            slotThreads.shutdownNow();
        }
        dispatch.shutdown();
    }
}
