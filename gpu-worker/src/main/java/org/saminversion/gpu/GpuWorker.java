package org.saminversion.gpu;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.WorkStore;
import org.saminversion.sharequeue.ShareQueueConnector;
import org.saminversion.worker.WorkLoop;

/** Takes jobs that are ready to be optimised. */
@ApplicationScoped
public class GpuWorker {
    private final WorkLoop loop;
    private final Multi<Message<String>> messages;
    private final ShareQueueConnector queue;

    GpuWorker(
            ClaimStore claims,
            WorkStore work,
            RunTask task,
            @Channel("gpu-jobs") Multi<Message<String>> messages,
            @Connector(ShareQueueConnector.NAME) ShareQueueConnector queue,
            @ConfigProperty(name = "sam.gpu.slots") int slots) {
        this.loop = new WorkLoop("gpu-worker", slots, claims, work, task);
        this.messages = messages;
        this.queue = queue;
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
