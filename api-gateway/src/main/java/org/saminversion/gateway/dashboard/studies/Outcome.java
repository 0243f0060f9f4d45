package org.saminversion.gateway.dashboard.studies;

import org.saminversion.model.study.Preference;
import org.saminversion.model.study.Study;

/** The result of a study as its page draws it. */
public record Outcome(Study study, Preference preference) {
    /** Votes that the study asks for, if every pair gets as many as it should. */
    public long wanted() {
        return (long) study.pairs() * study.votesPerPair();
    }

    public boolean isKnown() {
        return preference.votes() > 0;
    }

    /** Part of the votes, 0 to 1. */
    public double first() {
        return preference.shareOfFirst().orElse(0.5);
    }

    public double second() {
        return 1 - first();
    }

    public double low() {
        return preference.interval().map(interval -> interval.low()).orElse(0.0);
    }

    public double high() {
        return preference.interval().map(interval -> interval.high()).orElse(1.0);
    }

    /** Position on a bar of 1000 units. */
    public long at(double share) {
        return Math.round(1000 * share);
    }

    /** Part of the votes for the picture on the left, 0 to 1. */
    public double left() {
        return preference.votes() == 0 ? 0.5 : (double) preference.forLeft() / preference.votes();
    }

    /** What may be concluded, in a sentence. */
    public String verdict() {
        if (low() > 0.5) {
            return "Raters prefer " + study.first() + ": the interval lies above one half.";
        }
        if (high() < 0.5) {
            return "Raters prefer " + study.second() + ": the interval lies below one half.";
        }
        return "No preference is shown: the interval contains one half.";
    }
}
