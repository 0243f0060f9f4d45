package org.saminversion.gateway.dashboard.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.model.LossRecord;

/** Pictures that are made of figures. */
class JobPicturesTest {
    @Test
    void allSpacesShareOneScaleOfErrors() {
        InvertibilityMap map = new InvertibilityMap(
                2,
                1,
                new int[] {0, 1},
                new TreeMap<>(
                        Map.of(LatentSpace.W_PLUS, new float[] {0, 1}, new LatentSpace(4), new float[] {0, 0.5f})));
        RgbImage wplus = ErrorPicture.of(map, LatentSpace.W_PLUS);
        RgbImage f4 = ErrorPicture.of(map, new LatentSpace(4));
        assertEquals(0x0d, wplus.value(0, 0, 0));
        assertEquals(0xfc, wplus.value(1, 0, 0));
        assertEquals(wplus.value(0, 0, 0), f4.value(0, 0, 0));
        assertTrue(f4.value(1, 0, 1) < wplus.value(1, 0, 1));
    }

    @Test
    void coloursGrowLighter() {
        double before = -1;
        for (int step = 0; step <= 100; step++) {
            int colour = ErrorPicture.colour(step / 100.0);
            double light = 0.2126 * (colour >> 16) + 0.7152 * (colour >> 8 & 0xff) + 0.0722 * (colour & 0xff);
            assertTrue(light > before, "at " + step);
            before = light;
        }
    }

    @Test
    void aLongOptimisationIsThinnedAndKeepsItsEnds() {
        List<LossRecord> losses = new ArrayList<>();
        for (int step = 0; step < 1001; step++) {
            losses.add(new LossRecord(step, 1.0 / (step + 1), 0.1, 0.01, 0, 0, 0));
        }
        LossChart chart = LossChart.of(losses, 1001);
        String[] points = chart.points().split(" ");
        assertTrue(points.length <= LossChart.POINTS_MAX + 1, points.length + " points");
        assertEquals("0:1.000", points[0]);
        assertTrue(points[points.length - 1].startsWith("1000:"), points[points.length - 1]);
        assertTrue(
                chart.lines().get(0).path().matches("M44.0 8.0L.*L632.0 [0-9.]+"),
                chart.lines().get(0).path());
    }

    @Test
    void lossesOfZeroDoNotBreakTheScale() {
        LossChart chart = LossChart.of(List.of(new LossRecord(0, 0, 0, 0, 0, 0, 0)), 1);
        assertTrue(
                chart.lines().get(0).path().matches("M44.0 [0-9.]+"),
                chart.lines().get(0).path());
    }
}
