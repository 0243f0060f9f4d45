package org.saminversion.model.study;

import java.time.Instant;

/**
 * Which of two contenders raters prefer.
 *
 * @param shown artefact of both jobs of a pair
 * @param pairs how many photographs there are, each inverted by both
 * @param votesPerPair different raters that each pair is shown to
 * @param seed of the order of the pairs, of their sides, and of the bootstrap
 * @param votes how many were given so far
 */
public record Study(
        StudyId id,
        String name,
        String question,
        String bundle,
        String shown,
        Contender first,
        Contender second,
        int pairs,
        int votesPerPair,
        long seed,
        Instant created,
        long votes) {}
