package org.saminversion.model;

import java.time.Instant;
import java.util.Optional;
import org.saminversion.model.lifecycle.JobState;

/**
 * Which jobs a list shows; what is empty does not restrict it.
 *
 * @param failureKind why it failed, such as {@code attempts-exhausted}
 * @param createdFrom the earliest creation that is shown
 * @param createdBefore later creations than this, and this itself, are not shown
 */
public record JobFilter(
        Optional<JobState> state,
        Optional<String> bundle,
        Optional<String> method,
        Optional<String> customId,
        Optional<String> failureKind,
        Optional<Instant> createdFrom,
        Optional<Instant> createdBefore) {
    public static final JobFilter ALL = new JobFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
