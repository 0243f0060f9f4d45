package org.saminversion.model;

import java.time.Duration;
import java.util.Optional;
import org.saminversion.model.callback.Callback;

/**
 * A job to be stored.
 *
 * @param customId the caller's own name for the job
 * @param rerunOf the job that this one repeats
 * @param needsMap whether a segmenter worker has to look at it first
 * @param image the bytes as they came
 * @param queueTimeout a job that has not started after this expires
 * @param runTimeout a stage that has not finished after this expires the job
 * @param retention the job and its results are kept this long after submission
 * @param callback whom to tell what about it
 * @param trace that the request belongs to
 */
public record Submission(
        JobId id,
        Tenant tenant,
        Lane lane,
        Optional<String> customId,
        Optional<JobId> rerunOf,
        JobSettings settings,
        boolean needsMap,
        byte[] image,
        String mediaType,
        Duration queueTimeout,
        Duration runTimeout,
        Duration retention,
        Optional<Callback> callback,
        Optional<TraceContext> trace) {
    public Submission withCallback(Callback wanted) {
        return new Submission(
                id,
                tenant,
                lane,
                customId,
                rerunOf,
                settings,
                needsMap,
                image,
                mediaType,
                queueTimeout,
                runTimeout,
                retention,
                Optional.of(wanted),
                trace);
    }

    public Submission withTrace(TraceContext belongsTo) {
        return new Submission(
                id,
                tenant,
                lane,
                customId,
                rerunOf,
                settings,
                needsMap,
                image,
                mediaType,
                queueTimeout,
                runTimeout,
                retention,
                callback,
                Optional.of(belongsTo));
    }
}
