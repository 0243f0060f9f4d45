package org.saminversion.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.saminversion.model.lifecycle.JobState;

/**
 * A job as it stands.
 *
 * @param version number of its latest event
 * @param attempts how often a worker took up its present stage
 * @param step optimisation steps that are done
 * @param progress of the present stage, 0 to 1
 * @param shares share of the picture by latent space; empty until it is known
 * @param provenance what the result was made by
 * @param customId the caller's own name for the job
 * @param rerunOf the job that this one repeats, which may be deleted by now
 * @param pinned whether it is kept even after its time has come
 * @param trace that its submission belongs to
 */
public record Job(
        JobId id,
        Tenant tenant,
        Lane lane,
        JobState state,
        long version,
        JobSettings settings,
        String inputSha256,
        String inputMediaType,
        int attempts,
        int step,
        double progress,
        Optional<JobQuality> quality,
        Map<String, Double> shares,
        Map<String, String> provenance,
        Optional<Failure> failure,
        Optional<String> customId,
        Optional<JobId> rerunOf,
        boolean pinned,
        Optional<TraceContext> trace,
        Times times) {
    /** When things happened, and by when they must. */
    public record Times(
            Instant created,
            Instant updated,
            Optional<Instant> started,
            Optional<Instant> finished,
            Instant queueDeadline,
            Optional<Instant> runDeadline,
            Instant expires) {}
}
