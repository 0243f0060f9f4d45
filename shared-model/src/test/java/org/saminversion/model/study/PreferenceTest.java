package org.saminversion.model.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.JobId;

class PreferenceTest {
    private static final JobId JOB = new JobId(UUID.fromString("9f3b6f2e-1111-4222-8333-444455556666"));

    @Test
    void nothingIsKnownWithoutVotes() {
        Preference none = Preference.of(List.of(), new Random(1));
        assertEquals(Optional.empty(), none.shareOfFirst());
        assertEquals(Optional.empty(), none.interval());
    }

    @Test
    void votesAreCounted() {
        Preference preference = Preference.of(
                List.of(
                        vote(1, "ada", Choice.FIRST, Side.LEFT),
                        vote(1, "ben", Choice.FIRST, Side.RIGHT),
                        vote(2, "ada", Choice.SECOND, Side.LEFT),
                        vote(3, "ada", Choice.FIRST, Side.LEFT)),
                new Random(1));
        assertEquals(4, preference.votes());
        assertEquals(2, preference.raters());
        assertEquals(3, preference.forFirst());
        assertEquals(3, preference.forLeft());
        assertEquals(Optional.of(0.75), preference.shareOfFirst());
    }

    @Test
    void theIntervalIsThatOfTheBinomialDistributionWhenEachPairHasOneVote() {
        List<Vote> votes = new ArrayList<>();
        for (int pair = 1; pair <= 500; pair++) {
            votes.add(vote(pair, "ada", pair <= 360 ? Choice.FIRST : Choice.SECOND, Side.LEFT));
        }
        Interval interval = Preference.of(votes, new Random(1)).interval().orElseThrow();
        double halfWidth = 1.96 * Math.sqrt(0.72 * 0.28 / 500);
        assertEquals(0.72 - halfWidth, interval.low(), 0.005);
        assertEquals(0.72 + halfWidth, interval.high(), 0.005);
    }

    @Test
    void votesOnOnePhotographHangTogether() {
        List<Vote> agreeing = new ArrayList<>();
        for (int pair = 1; pair <= 60; pair++) {
            for (String rater : List.of("ada", "ben", "eve")) {
                agreeing.add(vote(pair, rater, pair <= 40 ? Choice.FIRST : Choice.SECOND, Side.LEFT));
            }
        }
        Interval interval = Preference.of(agreeing, new Random(1)).interval().orElseThrow();
        double asIfIndependent = 2 * 1.96 * Math.sqrt(2.0 / 9 / agreeing.size());
        assertTrue(interval.high() - interval.low() > 1.5 * asIfIndependent, interval.toString());
    }

    @Test
    void votesOnASinglePhotographTellLittle() {
        List<Vote> votes = new ArrayList<>();
        for (int rater = 0; rater < 8; rater++) {
            votes.add(vote(1, "rater " + rater, rater < 2 ? Choice.FIRST : Choice.SECOND, Side.LEFT));
        }
        Interval interval = Preference.of(votes, new Random(1)).interval().orElseThrow();
        assertTrue(interval.low() < 0.1 && interval.high() > 0.45, interval.toString());
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        List<Vote> votes = List.of(vote(1, "ada", Choice.FIRST, Side.LEFT), vote(2, "ada", Choice.SECOND, Side.RIGHT));
        assertEquals(Preference.of(votes, new Random(4)), Preference.of(votes, new Random(4)));
    }

    private static Vote vote(int pair, String rater, Choice chosen, Side side) {
        return new Vote(pair, rater, chosen, side, JOB, JOB, Instant.EPOCH);
    }
}
