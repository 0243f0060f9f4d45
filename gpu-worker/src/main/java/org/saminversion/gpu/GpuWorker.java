package org.saminversion.gpu;

import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.saminversion.worker.Lanes;
import org.saminversion.worker.QueueWorker;
import org.saminversion.worker.Workshop;

/** Takes jobs that are ready to be optimised. */
@Singleton
class GpuWorker extends QueueWorker {
    GpuWorker(
            @Channel("gpu-jobs") Multi<Message<String>> interactive,
            @Channel("gpu-bulk-jobs") Multi<Message<String>> bulk,
            @ConfigProperty(name = "sam.gpu.slots") int slots,
            Workshop workshop,
            RunTask task) {
        super("gpu-worker", new Lanes(interactive, bulk), slots, workshop, task);
    }
}
