package org.saminversion.segmenter;

import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.saminversion.worker.Lanes;
import org.saminversion.worker.QueueWorker;
import org.saminversion.worker.Workshop;

/** Takes jobs that need a map. */
@Singleton
class SegmenterWorker extends QueueWorker {
    SegmenterWorker(
            @Channel("segmenter-jobs") Multi<Message<String>> interactive,
            @Channel("segmenter-bulk-jobs") Multi<Message<String>> bulk,
            @ConfigProperty(name = "sam.segmenter.slots") int slots,
            Workshop workshop,
            MapTask task) {
        super("segmenter-worker", new Lanes(interactive, bulk), slots, workshop, task);
    }
}
