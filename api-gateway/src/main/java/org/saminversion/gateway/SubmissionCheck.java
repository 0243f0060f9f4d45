package org.saminversion.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.space.LatentSpace;
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
class SubmissionCheck {
    static final String SAM = "sam";
    static final String SAM_ENCODER = "sam-encoder";
    static final String W_PLUS = "wplus";

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
    Submission check(Tenant tenant, InversionRequest request) {
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

    /** The same work once more, which was checked when it came first. @param input the image as it came */
    Submission again(Job job, Content input) {
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

    private static void requireDeltas(BundleDescription bundle) {
        if (bundle.encoder(EncoderDescription.Kind.DELTAS).isEmpty()) {
            throw new JobFailure.Rejected(
                    "method-without-encoder",
                    "The method sam-encoder needs an encoder of kind deltas, and the bundle " + bundle.name()
                            + " has none; choose another method or train one.");
        }
    }

    static boolean needsMap(JobSettings settings) {
        return settings.method().equals(SAM) || settings.method().equals(SAM_ENCODER);
    }

    /** All but the image. @throws JobFailure.Rejected with the first thing that is wrong */
    JobSettings settings(InversionRequest request) {
        BundleDescription bundle = bundles.describe(request.bundle().orElseGet(this::onlyBundle));
        String method = method(request.method().orElse(SAM), bundle);
        InversionSettings settings = new InversionSettings(
                method,
                request.tau().orElse(bundle.defaultTau()),
                method.equals(SAM_ENCODER) ? 1 : request.steps().orElse(bundle.defaultSteps()),
                request.seed().orElse(0L));
        requireEdits(request.edits(), bundle);
        return new JobSettings(
                bundle.name(), settings.method(), settings.tau(), settings.steps(), settings.seed(), request.edits());
    }

    /** The bundle of requests that name none. @throws JobFailure.Rejected if there are several */
    String onlyBundle() {
        List<String> names = bundles.names();
        if (names.size() != 1) {
            throw new JobFailure.Rejected("bundle-unknown", "Name the bundle; known are " + names + ".");
        }
        return names.get(0);
    }

    /** The method as it is stored. @throws JobFailure.Rejected if the bundle has no such one */
    static String method(String wanted, BundleDescription bundle) {
        if (wanted.equalsIgnoreCase(SAM) || wanted.equalsIgnoreCase(W_PLUS)) {
            return wanted.toLowerCase(Locale.ROOT);
        }
        if (wanted.equalsIgnoreCase(SAM_ENCODER)) {
            requireDeltas(bundle);
            return SAM_ENCODER;
        }
        List<String> spaces = bundle.candidates().stream()
                .filter(LatentSpace::isFeatureSpace)
                .map(LatentSpace::toString)
                .toList();
        return spaces.stream()
                .filter(space -> space.equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "method-unknown",
                        "There is no method \"" + wanted + "\"; the bundle " + bundle.name() + " takes sam, wplus, "
                                + String.join(", ", spaces) + "."));
    }

    private static void requireEdits(List<EditOrder> edits, BundleDescription bundle) {
        EditCheck.requireCount(edits.size());
        edits.forEach(edit -> EditCheck.require(edit.direction(), edit.strength(), bundle));
    }

    /** Decodes the whole picture, because only that finds out whether it is one. @throws JobFailure.Rejected if not */
    String mediaType(byte[] image) {
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
