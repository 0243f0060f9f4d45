package org.saminversion.model.study;

import java.time.Instant;
import org.saminversion.model.JobId;

/**
 * What one rater preferred of one pair.
 *
 * @param pair its number, from 1
 * @param side where the chosen picture was
 * @param firstJob inversion of the first contender, which may be deleted by now
 * @param secondJob inversion of the second contender
 */
public record Vote(
        int pair, String rater, Choice chosen, Side side, JobId firstJob, JobId secondJob, Instant created) {}
