package org.saminversion.model.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlindingTest {
    private static final int PAIRS = 400;

    @Test
    void aRaterSeesTheSameAgainAndAnotherRaterSomethingElse() {
        assertEquals(order(new Blinding(7, "ada")), order(new Blinding(7, "ada")));
        assertNotEquals(order(new Blinding(7, "ada")), order(new Blinding(7, "ben")));
        assertNotEquals(order(new Blinding(7, "ada")), order(new Blinding(8, "ada")));
        assertEquals(sides(new Blinding(7, "ada")), sides(new Blinding(7, "ada")));
        assertNotEquals(sides(new Blinding(7, "ada")), sides(new Blinding(7, "ben")));
    }

    @Test
    void aboutHalfOfTheFirstContendersAreOnTheLeft() {
        for (String rater : List.of("ada", "ben", "Zoë", "")) {
            long left = sides(new Blinding(3, rater)).stream()
                    .filter(choice -> choice == Choice.FIRST)
                    .count();
            // Four standard deviations of a fair coin.
            assertTrue(Math.abs(left - PAIRS / 2) < 4 * Math.sqrt(PAIRS) / 2, rater + ": " + left);
        }
    }

    @Test
    void theTwoSidesShowTheTwoContenders() {
        Blinding blinding = new Blinding(5, "ada");
        for (int pair = 1; pair <= 20; pair++) {
            assertEquals(blinding.at(Side.LEFT, pair).other(), blinding.at(Side.RIGHT, pair));
        }
    }

    private static List<Integer> order(Blinding blinding) {
        return IntStream.rangeClosed(1, PAIRS)
                .boxed()
                .sorted(Comparator.comparing(blinding::rank))
                .toList();
    }

    private static List<Choice> sides(Blinding blinding) {
        return IntStream.rangeClosed(1, PAIRS)
                .mapToObj(pair -> blinding.at(Side.LEFT, pair))
                .toList();
    }
}
