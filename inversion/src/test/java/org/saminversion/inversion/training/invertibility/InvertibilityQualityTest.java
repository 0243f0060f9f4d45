package org.saminversion.inversion.training.invertibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.space.LatentSpace;

class InvertibilityQualityTest {
    private static final LatentSpace F2 = LatentSpace.parse("F2");
    private static final LatentSpace F4 = LatentSpace.parse("F4");

    @Test
    void correlationIsThatOfPearson() {
        float[] first = {1, 2, 3, 4};
        assertEquals(1, InvertibilityQuality.correlation(first, new float[] {3, 5, 7, 9}), 1e-12);
        assertEquals(-1, InvertibilityQuality.correlation(first, new float[] {4, 3, 2, 1}), 1e-12);
        assertEquals(0.8, InvertibilityQuality.correlation(first, new float[] {1, 3, 2, 4}), 1e-12);
        assertEquals(0, InvertibilityQuality.correlation(first, new float[] {2, 2, 2, 2}));
    }

    @Test
    void spacesWithoutErrorsDoNotCount() {
        InvertibilityMap oracle = map(new float[] {1, 2, 3, 4}, new float[] {1, 0, 1, 0}, new float[] {.1f, 0, .1f, 0});
        InvertibilityMap predicted = map(new float[] {2, 4, 6, 8}, new float[] {0, 1, 0, 1}, new float[] {0, 1, 0, 1});
        InvertibilityQuality quality = InvertibilityQuality.of(
                List.of(new InvertibilityQuality.Compared(oracle, predicted)), new TreeMap<>(), 0.5);
        assertTrue(quality.counts(F2));
        assertFalse(quality.counts(F4));
        assertEquals(0, quality.correlation(), 1e-12);
        assertTrue(quality.meanMapCorrelation().isEmpty());
    }

    @Test
    void theMeanMapIsJudgedTheSameWay() {
        InvertibilityMap map = map(new float[] {1, 2, 3, 4}, new float[] {1, 2, 3, 4}, new float[4]);
        InvertibilityQuality quality = InvertibilityQuality.of(
                List.of(new InvertibilityQuality.Compared(map, map)),
                new TreeMap<>(Map.of(
                        LatentSpace.W_PLUS, new float[] {1, 3, 2, 4}, F2, new float[] {1, 2, 3, 4}, F4, new float[4])),
                0.5);
        assertEquals(0.9, quality.meanMapCorrelation().orElseThrow(), 1e-12);
    }

    @Test
    void segmentsAreComparedByTheSpaceThatTheyGet() {
        // Two segments of two pixels: the oracle takes W+ and F4, the prediction F2 and F4.
        InvertibilityMap oracle = map(new float[] {0, 0, 1, 1}, new float[] {0, 0, 1, 1}, new float[4]);
        InvertibilityMap predicted = map(new float[] {1, 1, 1, 1}, new float[] {0, 0, 1, 1}, new float[4]);
        InvertibilityQuality near = InvertibilityQuality.of(
                List.of(new InvertibilityQuality.Compared(oracle, predicted)), new TreeMap<>(), 0.5);
        assertEquals(2, near.segments());
        assertEquals(0.5, near.sameSpace());
        assertEquals(1, near.withinOneSpace());

        InvertibilityMap far = map(new float[] {1, 1, 0, 0}, new float[] {1, 1, 0, 0}, new float[4]);
        InvertibilityQuality wrong =
                InvertibilityQuality.of(List.of(new InvertibilityQuality.Compared(oracle, far)), new TreeMap<>(), 0.5);
        assertEquals(0, wrong.sameSpace());
        assertEquals(0, wrong.withinOneSpace());
    }

    /** 2 x 2 pixels, a segment for each row. */
    private static InvertibilityMap map(float[] wplus, float[] f2, float[] f4) {
        return new InvertibilityMap(
                2, 2, new int[] {0, 0, 1, 1}, new TreeMap<>(Map.of(LatentSpace.W_PLUS, wplus, F2, f2, F4, f4)));
    }
}
