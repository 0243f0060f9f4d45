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
import org.saminversion.model.Lane;
import org.saminversion.sharequeue.Delivery;
import org.saminversion.sharequeue.RejectedDelivery;

/**
 * Works on messages, as many at once as it has slots, until it is told to drain. Of each lane as many messages may be open as
 * there are slots: those that have no slot wait for one, with their lock renewed.
 */
final class WorkLoop {
    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);
    /** Before a message is refused because the database is away: the broker counts deliveries, and sends it at once. */
    private static final long TROUBLE_PAUSE_MS = 5_000;

    private final MessageHandler handler;
    private final Seats seats;
    private final ExecutorService threads;
    private final CountDownLatch draining = new CountDownLatch(1);

    /** @param name of this kind of worker, such as {@code gpu-worker} */
    WorkLoop(String name, int slots, MessageHandler handler) {
        this.handler = handler;
        this.seats = new Seats(slots);
        this.threads = Executors.newCachedThreadPool(action -> new Thread(action, name));
    }

    /** @param messages of the connector share-queue, which opens no more at once than there are slots */
    void start(Lane lane, Multi<Message<String>> messages) {
        messages.subscribe()
                .with(
                        message -> accept(lane, message),
                        failure -> LOG.error("The worker no longer gets messages", failure));
    }

    /** To be called when the connector takes no more messages. Puts running work back with its checkpoint, and
     * returns when that is written. */
    void drain() throws InterruptedException {
        draining.countDown();
        seats.close();
        threads.shutdown();
        if (!threads.awaitTermination(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Running work did not stop in time; another worker goes on from its last checkpoint");
        }
    }

    private void accept(Lane lane, Message<String> message) {
        try {
            threads.execute(() -> handle(lane, message));
        } catch (RejectedExecutionException e) {
            message.nack(new PutBack("this worker shuts down"));
        }
    }

    private boolean isDraining() {
        return draining.getCount() == 0;
    }

    private void handle(Lane lane, Message<String> message) {
        try (Seats.Seat seat = seats.take(lane)) {
            handler.handle(
                    message.getPayload(),
                    message.getMetadata(Delivery.class).orElseThrow(),
                    () -> isDraining() || seat.isWanted());
            message.ack();
        } catch (PutBack e) {
            message.nack(e);
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
