package org.saminversion.gateway.studies;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.saminversion.model.study.Contender;
import org.saminversion.model.study.Interval;
import org.saminversion.model.study.Preference;
import org.saminversion.model.study.Study;

/**
 * A preference study as callers see it. It tells which contender is which: raters are not to look at it.
 *
 * @param shown the artefact of both inversions that raters see
 * @param pairs photographs, each inverted by both
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StudyView(
        String id,
        String name,
        String question,
        String bundle,
        String shown,
        ContenderView first,
        ContenderView second,
        int pairs,
        int votesPerPair,
        long seed,
        long votes,
        Optional<ResultView> result,
        Instant createdAt,
        Links links) {
    /** Without tau, steps or settings the newest inversion with any is shown. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ContenderView(
            String method, Optional<Double> tau, Optional<Integer> steps, Optional<Map<String, Double>> settings) {
        static ContenderView of(Contender contender) {
            return new ContenderView(contender.method(), contender.tau(), contender.steps(), contender.chosen());
        }
    }

    /**
     * @param shareOfFirst of the votes, 0 to 1; absent without votes
     * @param interval95 of that share, by bootstrap over the photographs and the votes on each
     * @param shareOfLeft of the votes, 0 to 1: far from 0.5, raters chose by place
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ResultView(
            long forFirst,
            long forSecond,
            int raters,
            Optional<Double> shareOfFirst,
            Optional<Interval> interval95,
            Optional<Double> shareOfLeft) {
        static ResultView of(Preference preference) {
            return new ResultView(
                    preference.forFirst(),
                    preference.votes() - preference.forFirst(),
                    preference.raters(),
                    preference.shareOfFirst(),
                    preference.interval(),
                    preference.votes() == 0
                            ? Optional.empty()
                            : Optional.of((double) preference.forLeft() / preference.votes()));
        }
    }

    public record Links(String self, String next, String votes) {}

    /** Without the result, for lists. */
    static StudyView summary(Study study) {
        return of(study, Optional.empty());
    }

    static StudyView of(Study study, Optional<Preference> preference) {
        String self = StudiesResource.PATH + "/" + study.id();
        return new StudyView(
                study.id().toString(),
                study.name(),
                study.question(),
                study.bundle(),
                study.shown(),
                ContenderView.of(study.first()),
                ContenderView.of(study.second()),
                study.pairs(),
                study.votesPerPair(),
                study.seed(),
                study.votes(),
                preference.map(ResultView::of),
                study.created(),
                new Links(self, self + "/next?rater={rater}", self + "/votes"));
    }
}
