package org.saminversion.worker;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.saminversion.sharequeue.Delivery;
import org.saminversion.sharequeue.RejectedDelivery;

/** Works on the messages of one channel, as many at once as it has slots, until it is told to drain. */
final class WorkLoop {
    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);
    /** Before a message is refused because the database is away: the broker counts deliveries, and sends it at once. */
    private static final long TROUBLE_PAUSE_MS = 5_000;

    private final MessageHandler handler;
    private final ExecutorService slots;
    private final CountDownLatch draining = new CountDownLatch(1);

    /** @param name of this kind of worker, such as {@code gpu-worker} */
    WorkLoop(String name, int slots, MessageHandler handler) {
        this.handler = handler;
        this.slots = Executors.newFixedThreadPool(slots, action -> new Thread(action, name));
    }

    /** @param messages of the connector share-queue, which opens no more at once than there are slots */
    void start(Multi<Message<String>> messages) {
        messages.subscribe().with(this::accept, failure -> LOG.error("The worker no longer gets messages", failure));
    }

    /** To be called when the connector takes no more messages. Puts running work back with its checkpoint, and
     * returns when that is written. */
    void drain() throws InterruptedException {
        draining.countDown();
        slots.shutdown();
        if (!slots.awaitTermination(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Running work did not stop in time; another worker goes on from its last checkpoint");
        }
    }

    private void accept(Message<String> message) {
        try {
            slots.execute(() -> handle(message));
        } catch (RejectedExecutionException e) {
            message.nack(new PutBack("this worker shuts down"));
        }
    }

    private boolean isDraining() {
        return draining.getCount() == 0;
    }

    private void handle(Message<String> message) {
        try {
            if (isDraining()) {
                message.nack(new PutBack("this worker shuts down"));
                return;
            }
            handler.handle(
                    message.getPayload(), message.getMetadata(Delivery.class).orElseThrow(), this::isDraining);
            message.ack();
        } catch (RejectedDelivery e) {
            LOG.warn(e.getMessage());
            message.nack(e);
        } catch (RuntimeException e) {
            LOG.warnf("Message %s is left to be delivered again: %s", message.getPayload(), e.getMessage());
            pause();
            message.nack(e);
        }
    }

    private void pause() {
        try {
            draining.await(TROUBLE_PAUSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
