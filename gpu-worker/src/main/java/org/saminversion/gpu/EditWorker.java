package org.saminversion.gpu;

import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.saminversion.worker.Lanes;
import org.saminversion.worker.QueueWorker;
import org.saminversion.worker.Workshop;

/** Takes further edits of finished jobs, in slots of its own: an edit never waits behind an optimisation. */
@Singleton
class EditWorker extends QueueWorker {
    EditWorker(
            @Channel("edit-jobs") Multi<Message<String>> messages,
            @ConfigProperty(name = "sam.edits.slots") int slots,
            Workshop workshop,
            EditHandler handler) {
        super("edit-worker", Lanes.interactiveOnly(messages), slots, workshop, handler);
    }
}
