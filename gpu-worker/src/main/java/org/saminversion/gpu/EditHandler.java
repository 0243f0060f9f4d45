package org.saminversion.gpu;

import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.model.EditKey;
import org.saminversion.model.EditPart;
import org.saminversion.model.JobId;
import org.saminversion.model.store.EditWork;
import org.saminversion.sharequeue.Delivery;
import org.saminversion.sharequeue.RejectedDelivery;
import org.saminversion.worker.EngineCatalogue;
import org.saminversion.worker.Failures;
import org.saminversion.worker.LogFields;
import org.saminversion.worker.MessageHandler;
import org.saminversion.worker.Stores;
import org.saminversion.worker.WorkMeters;

/** Renders a further edit of a finished job from its latents, which stay in memory for the next one. */
@Singleton
class EditHandler implements MessageHandler {
    private static final Logger LOG = Logger.getLogger(EditHandler.class);

    private final EditWork work;
    private final EngineCatalogue engines;
    private final WorkMeters meters;
    private final RecentlyUsed<JobId, Latents> latents;

    EditHandler(
            EditWork work,
            EngineCatalogue engines,
            WorkMeters meters,
            @ConfigProperty(name = "sam.edits.latents-in-memory") int latentsInMemory) {
        this.work = work;
        this.engines = engines;
        this.meters = meters;
        this.latents = new RecentlyUsed<>(latentsInMemory);
    }

    /** @param body an {@link EditKey} */
    @Override
    public void handle(String body, Delivery delivery, BooleanSupplier unwelcome) {
        EditKey key = EditKey.parse(body)
                .orElseThrow(() -> new RejectedDelivery("A message that names no edit was dropped: " + body, null));
        LogFields.during(key.job(), delivery, () -> handle(key));
    }

    private void handle(EditKey key) {
        Optional<EditWork.Order> order = Stores.await(work.take(key));
        if (order.isEmpty()) {
            return;
        }
        Timer.Sample since = meters.start();
        try {
            byte[] picture = render(key.job(), order.get());
            Stores.await(work.finish(key, picture));
            meters.edited(true, since);
        } catch (JobFailure.Transient passing) {
            throw passing;
        } catch (RuntimeException | OutOfMemoryError failure) {
            LOG.infof("Edit %s: %s", key, failure.getMessage());
            Stores.await(work.fail(key, Failures.describe(failure)));
            meters.edited(false, since);
        }
    }

    private byte[] render(JobId job, EditWork.Order order) {
        Latents found = latents.get(job).orElseGet(() -> load(job));
        List<EditRequest> requests =
                order.parts().stream().map(EditHandler::request).toList();
        return PngWriter.toBytes(engines.engine(order.bundle()).edit(found, requests));
    }

    private Latents load(JobId job) {
        byte[] bytes = Stores.await(work.latents(job))
                .orElseThrow(() -> new JobFailure.Bug("The job " + job + " succeeded without latents.", null));
        Latents loaded = LatentFile.parse(bytes, "the latents of job " + job);
        latents.put(job, loaded);
        return loaded;
    }

    private static EditRequest request(EditPart part) {
        return new EditRequest(part.direction(), part.strength(), new LayerRange(part.layersStart(), part.layersEnd()));
    }
}
