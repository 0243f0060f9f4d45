package org.saminversion.model;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param number from 1 without gaps
 * @param kind {@code state} or {@code progress}
 * @param body a JSON object
 */
public record JobEvent(long number, String kind, String body, Instant at) {
    public static final String STATE = "state";
    public static final String PROGRESS = "progress";
}
