package org.saminversion.model.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What came of a study.
 *
 * @param votes all that were given
 * @param raters who gave them
 * @param forFirst votes for the first contender
 * @param forLeft votes for the picture on the left: far from half of all, raters chose by place
 * @param interval of the share of the first contender, 95 %; empty without votes
 */
public record Preference(long votes, int raters, long forFirst, long forLeft, Optional<Interval> interval) {
    /** Resamples of the bootstrap: the ends of the interval then move by about a hundredth of its width. */
    static final int RESAMPLES = 5_000;

    private static final double CONFIDENCE = 0.95;

    /** Part of the votes that the first contender got, 0 to 1; empty without votes. */
    public Optional<Double> shareOfFirst() {
        return votes == 0 ? Optional.empty() : Optional.of((double) forFirst / votes);
    }

    /**
     * Counts the votes. The bootstrap draws photographs, and then votes on each: the votes on one photograph hang together, so
     * that drawing from all votes alike would make the interval too narrow.
     */
    public static Preference of(List<Vote> votes, RandomGenerator random) {
        Map<Integer, int[]> byPair = new TreeMap<>();
        for (Vote vote : votes) {
            int[] counts = byPair.computeIfAbsent(vote.pair(), pair -> new int[2]);
            counts[0]++;
            counts[1] += vote.chosen() == Choice.FIRST ? 1 : 0;
        }
        return new Preference(
                votes.size(),
                (int) votes.stream().map(Vote::rater).distinct().count(),
                votes.stream().filter(vote -> vote.chosen() == Choice.FIRST).count(),
                votes.stream().filter(vote -> vote.side() == Side.LEFT).count(),
                votes.isEmpty() ? Optional.empty() : Optional.of(interval(new ArrayList<>(byPair.values()), random)));
    }

    private static Interval interval(List<int[]> pairs, RandomGenerator random) {
        double[] shares = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            long votes = 0;
            long forFirst = 0;
            for (int drawn = 0; drawn < pairs.size(); drawn++) {
                int[] counts = pairs.get(random.nextInt(pairs.size()));
                votes += counts[0];
                for (int vote = 0; vote < counts[0]; vote++) {
                    forFirst += random.nextInt(counts[0]) < counts[1] ? 1 : 0;
                }
            }
            shares[i] = (double) forFirst / votes;
        }
        Arrays.sort(shares);
        int cut = (int) Math.round(RESAMPLES * (1 - CONFIDENCE) / 2);
        return new Interval(shares[cut], shares[RESAMPLES - 1 - cut]);
    }
}
