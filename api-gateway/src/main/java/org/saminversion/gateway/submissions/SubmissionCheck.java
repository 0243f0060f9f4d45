package org.saminversion.gateway.submissions;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.bundles.JobMethods;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.model.Content;
import org.saminversion.model.EditOrder;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;

/** Checks a request as far as that is possible without the engine, and fills in defaults. */
@ApplicationScoped
public class SubmissionCheck {
    /** The paper's, which every bundle has. */
    private static final String METHOD = "sam";

    /** A picture of the largest size takes 200 MB while it is decoded. */
    private static final int DECODED_AT_ONCE = 2;

    private final Bundles bundles;
    private final Supplier<UUID> ids = UUID::randomUUID;
    private final Semaphore decoders = new Semaphore(DECODED_AT_ONCE);
    private final Duration queueTimeout;
    private final Duration runTimeout;
    private final Duration retention;

    SubmissionCheck(
            Bundles bundles,
            @ConfigProperty(name = "sam.jobs.queue-timeout") Duration queueTimeout,
            @ConfigProperty(name = "sam.jobs.run-timeout") Duration runTimeout,
            @ConfigProperty(name = "sam.jobs.retention") Duration retention) {
        this.bundles = bundles;
        this.queueTimeout = queueTimeout;
        this.runTimeout = runTimeout;
        this.retention = retention;
    }

    /** @throws JobFailure.Rejected with the first thing that is wrong */
    public Submission check(Tenant tenant, InversionRequest request) {
        JobSettings settings = settings(request);
        return new Submission(
                new JobId(ids.get()),
                tenant,
                Lane.INTERACTIVE,
                request.customId(),
                Optional.empty(),
                settings,
                needsMap(settings),
                request.image(),
                mediaType(request.image()),
                queueTimeout,
                runTimeout,
                retention,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The same work once more, which was checked when it came first.
     *
     * @param input the image as it came
     * @throws JobFailure.Rejected if there is no such bundle or method any more
     */
    public Submission again(Job job, Content input) {
        return new Submission(
                new JobId(ids.get()),
                job.tenant(),
                job.lane(),
                job.customId(),
                Optional.of(job.id()),
                job.settings(),
                needsMap(job.settings()),
                input.bytes(),
                input.mediaType(),
                queueTimeout,
                runTimeout,
                retention,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether a segmenter worker has to look at such a job first. */
    public boolean needsMap(JobSettings settings) {
        return JobMethods.require(settings.method(), bundles.describe(settings.bundle()))
                .needsMap();
    }

    /** All but the image. @throws JobFailure.Rejected with the first thing that is wrong */
    public JobSettings settings(InversionRequest request) {
        BundleDescription bundle = bundles.describe(request.bundle().orElseGet(bundles::only));
        MethodDescription method = JobMethods.require(request.method().orElse(METHOD), bundle);
        InversionSettings named = new InversionSettings(
                method.name(),
                request.tau().orElse(bundle.defaultTau()),
                method.isOnePass() ? 1 : request.steps().orElse(method.usualSteps(bundle)),
                request.seed().orElse(0L),
                new MethodSettings(request.settings()));
        InversionSettings settings =
                request.optimizer().map(named::descendingAs).orElse(named);
        requireEdits(request.edits(), bundle);
        return new JobSettings(
                bundle.name(),
                settings.method(),
                settings.tau(),
                settings.steps(),
                settings.seed(),
                method.differences(settings.chosen()).chosen(),
                request.edits());
    }

    private static void requireEdits(List<EditOrder> edits, BundleDescription bundle) {
        EditCheck.requireCount(edits.size());
        edits.forEach(edit -> EditCheck.require(edit.direction(), edit.strength(), bundle));
    }

    /** Decodes the whole picture, because only that finds out whether it is one. @throws JobFailure.Rejected if not */
    public String mediaType(byte[] image) {
        if (image.length == 0) {
            throw new JobFailure.Rejected("image-missing", "Send the image as the file \"image\" of a multipart form.");
        }
        decoders.acquireUninterruptibly();
        try {
            ImageReader.read(image);
        } finally {
            decoders.release();
        }
        return ImageReader.mediaType(image).orElse("application/octet-stream");
    }
}
