package org.saminversion.model.batch;

import java.util.List;
import java.util.Optional;
import org.saminversion.model.Artefact;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;

/**
 * An item as it stands.
 *
 * @param state of its job once it has one, in the words of {@link org.saminversion.model.lifecycle.JobState}; before that
 *     {@code WAITING} or {@code STARTING}, or how it ended without a job
 * @param job empty while it has none
 */
public record ItemResult(
        long line,
        String customId,
        String state,
        Optional<JobId> job,
        Optional<JobQuality> quality,
        Optional<Failure> failure,
        List<Artefact> artefacts) {}
