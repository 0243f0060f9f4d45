package org.saminversion.gateway.dashboard.jobs;

import java.time.Instant;
import java.util.Locale;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.lifecycle.JobState;

/**
 * A job in the list.
 *
 * @param name the caller's own, or the beginning of the id
 * @param picture address of a thumbnail of the input
 * @param result address of a thumbnail of the reconstruction; empty until there is one
 * @param quality such as {@code 24.3 dB}; empty until it is measured
 * @param percent of the present stage, 0 to 100
 */
public record JobRow(
        JobId id,
        String name,
        JobState state,
        String failure,
        String bundle,
        String method,
        double tau,
        int step,
        int steps,
        long percent,
        String quality,
        String distance,
        String picture,
        String result,
        Instant created,
        boolean cancellable,
        boolean retriable) {
    /** @param mayChange whether whoever looks may cancel and retry */
    public static JobRow of(Job job, boolean mayChange) {
        return new JobRow(
                job.id(),
                job.customId().orElse(job.id().toString().substring(0, 8)),
                job.state(),
                job.failure().map(failure -> failure.kind()).orElse(""),
                job.settings().bundle(),
                job.settings().method(),
                job.settings().tau(),
                job.step(),
                job.settings().steps(),
                Math.round(100 * job.progress()),
                job.quality()
                        .map(quality -> String.format(Locale.ROOT, "%.1f dB", quality.psnrDecibel()))
                        .orElse(""),
                job.quality()
                        .map(quality -> String.format(Locale.ROOT, "%.3f", quality.lpips()))
                        .orElse(""),
                Thumbnails.input(job),
                job.state() == JobState.SUCCEEDED ? Thumbnails.reconstruction(job) : "",
                job.times().created(),
                mayChange && !job.state().isFinal() && job.state() != JobState.CANCELLING,
                mayChange && job.state() == JobState.FAILED);
    }

    /** Id of its element on the page. */
    public String element() {
        return "job-" + id;
    }

    /** Whether its threshold matters. */
    public boolean usesMap() {
        return InversionMethods.needsMap(method);
    }

    /** Whether a worker has it. */
    public boolean inWork() {
        return state == JobState.MAPPING || state == JobState.RUNNING;
    }
}
