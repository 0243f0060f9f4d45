package org.saminversion.model.study;

import java.time.Instant;
import org.saminversion.model.JobId;

/**
 * A photograph that was inverted more than once.
 *
 * @param settings different combinations of bundle, method, threshold and steps
 * @param latest one of its inversions
 */
public record ComparedPhotograph(String sha256, int settings, JobId latest, Instant finished) {}
