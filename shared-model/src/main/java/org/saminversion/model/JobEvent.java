package org.saminversion.model;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param number from 1 without gaps
 * @param kind {@code state}, {@code progress} or {@code edit}
 * @param body a JSON object
 */
public record JobEvent(long number, String kind, String body, Instant at) {
    public static final String STATE = "state";
    public static final String PROGRESS = "progress";
    /** A further edit was rendered, or failed; comes after the end of the job. */
    public static final String EDIT = "edit";
}
