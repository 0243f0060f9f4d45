package org.saminversion.model.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;

/**
 * A finished inversion beside others of the same photograph.
 *
 * @param shares part of the picture by latent space
 * @param took from the first attempt of a worker to the end
 */
public record ComparedJob(
        JobId id,
        String bundle,
        String method,
        double tau,
        int steps,
        JobQuality quality,
        Map<String, Double> shares,
        Duration took,
        Instant finished) {}
