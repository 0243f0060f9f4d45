package org.saminversion.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.saminversion.sharequeue.ShareQueueConnector;

/**
 * Takes the messages of one channel from the start of the process to its shutdown. A kind of worker is a singleton that
 * extends this and names its channel, its slots, and what is done with a message.
 */
public abstract class QueueWorker {
    private final WorkLoop loop;
    private final Multi<Message<String>> messages;
    private final ShareQueueConnector queue;

    /**
     * @param name of this kind of worker, such as {@code gpu-worker}
     * @param messages of a channel of the connector share-queue
     * @param slots messages in work at the same time; the same number as the channel's
     */
    protected QueueWorker(
            String name, Multi<Message<String>> messages, int slots, Workshop workshop, MessageHandler handler) {
        this.loop = new WorkLoop(name, slots, handler);
        this.messages = messages;
        this.queue = workshop.queue();
    }

    /** A worker of one stage of jobs. */
    protected QueueWorker(String name, Multi<Message<String>> messages, int slots, Workshop workshop, StageTask task) {
        this(name, messages, slots, workshop, workshop.handler(name, task));
    }

    void start(@Observes @Priority(2000) StartupEvent event) {
        loop.start(messages);
    }

    // Before the outbox relay stops, so that the message of what is put back still goes out.
    void stop(@Observes @Priority(1000) ShutdownEvent event) throws InterruptedException {
        queue.stopTaking();
        loop.drain();
    }
}
