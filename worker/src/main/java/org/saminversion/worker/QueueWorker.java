package org.saminversion.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import org.saminversion.model.Lane;
import org.saminversion.model.crew.Worker;
import org.saminversion.sharequeue.ShareQueueConnector;

/**
 * Takes messages from the start of the process to its shutdown. A kind of worker is a singleton that
 * extends this and names its channels, its slots, and what is done with a message.
 */
public abstract class QueueWorker {
    private final WorkLoop loop;
    private final Lanes lanes;
    private final ShareQueueConnector queue;
    private final Presence presence;

    /**
     * @param kind such as {@code gpu-worker}
     * @param slots messages in work at the same time; the same number as in the channels
     */
    protected QueueWorker(String kind, Lanes lanes, int slots, Workshop workshop, MessageHandler handler) {
        this(workshop.worker(kind, slots), lanes, workshop, handler);
    }

    /** A worker of one stage of jobs. */
    protected QueueWorker(String kind, Lanes lanes, int slots, Workshop workshop, StageTask task) {
        this(workshop.worker(kind, slots), lanes, workshop, task);
    }

    private QueueWorker(Worker worker, Lanes lanes, Workshop workshop, StageTask task) {
        this(worker, lanes, workshop, workshop.handler(worker, task));
    }

    private QueueWorker(Worker worker, Lanes lanes, Workshop workshop, MessageHandler handler) {
        this.loop = new WorkLoop(worker.kind(), worker.slots(), handler);
        this.lanes = lanes;
        this.queue = workshop.queue();
        this.presence = workshop.presence(worker);
    }

    void start(@Observes @Priority(2000) StartupEvent event) {
        loop.start(Lane.INTERACTIVE, lanes.interactive());
        loop.start(Lane.BULK, lanes.bulk());
        presence.begin();
    }

    // Before the outbox relay stops, so that the message of what is put back still goes out.
    void stop(@Observes @Priority(1000) ShutdownEvent event) throws InterruptedException {
        queue.stopTaking();
        loop.drain();
        presence.end();
    }
}
