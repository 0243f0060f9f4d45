package org.saminversion.model.study;

import java.nio.charset.StandardCharsets;
import org.saminversion.model.Sha256;

/**
 * In which order a rater sees the pairs, and on which sides the contenders are. It follows from the study's seed, the pair and
 * the rater, so that a page that is loaded again shows the same, and nobody can tell a contender by its place.
 */
final class Blinding {
    private final long seed;
    private final String rater;

    Blinding(long seed, String rater) {
        this.seed = seed;
        this.rater = rater;
    }

    Choice left(int pair) {
        return Character.digit(digest("side", pair).charAt(0), 16) % 2 == 0 ? Choice.FIRST : Choice.SECOND;
    }

    Choice at(Side side, int pair) {
        return side == Side.LEFT ? left(pair) : left(pair).other();
    }

    /** Pairs are shown by rising rank. */
    String rank(int pair) {
        return digest("order", pair);
    }

    private String digest(String what, int pair) {
        return Sha256.of((seed + "/" + what + "/" + pair + "/" + rater).getBytes(StandardCharsets.UTF_8));
    }
}
