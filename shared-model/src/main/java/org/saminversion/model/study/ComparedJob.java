package org.saminversion.model.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;

/**
 * A finished inversion beside others of the same photograph.
 *
 * @param chosen settings of the method that differ from the usual
 * @param hasMap whether there is a picture of its invertibility map
 * @param shares part of the picture by latent space
 * @param took from the first attempt of a worker to the end
 */
public record ComparedJob(
        JobId id,
        String bundle,
        String method,
        double tau,
        int steps,
        Map<String, Double> chosen,
        boolean hasMap,
        JobQuality quality,
        Map<String, Double> shares,
        Duration took,
        Instant finished) {}
