package org.saminversion.model.store;

import java.time.Duration;
import org.saminversion.model.JobId;

/**
 * The right to write the results of a job, until it runs out or somebody else takes it.
 *
 * @param fence grows each time the lease changes hands; the store takes only writes that carry the current one
 */
public record Lease(JobId job, long fence) {
    /** A worker that does not renew for this long has lost its job. */
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(15);
}
