package org.saminversion.gateway.studies;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.saminversion.model.study.Ballot;
import org.saminversion.model.study.Study;

/**
 * What a rater is asked, without what would tell the contenders.
 *
 * @param pair its number, to vote with
 * @param given votes of this rater so far
 * @param remaining pairs that this rater may still be shown, with this one
 * @param photograph where the picture is that both methods were given
 */
public record BallotView(
        int pair, String question, int given, int remaining, String photograph, String left, String right) {
    static BallotView of(Study study, Ballot ballot, String rater) {
        String pair = StudiesResource.PATH + "/" + study.id() + "/pairs/" + ballot.pair();
        String asked = "?rater=" + URLEncoder.encode(rater, StandardCharsets.UTF_8);
        return new BallotView(
                ballot.pair(),
                study.question(),
                ballot.given(),
                ballot.remaining(),
                pair + "/photograph",
                pair + "/left" + asked,
                pair + "/right" + asked);
    }
}
