package org.saminversion.bench.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SvgPlotTest {
    private static final Pattern CENTRE = Pattern.compile("<circle cx=\"([0-9.]+)\"");

    private static List<Double> columns(SvgPlot plot) {
        String svg =
                plot.add("a method", List.of(point(0.1), point(1), point(10))).draw();
        return CENTRE.matcher(svg)
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .toList();
    }

    private static SvgPlot.Point point(double x) {
        return new SvgPlot.Point(x, 2 * x, 0);
    }

    private static SvgPlot plot() {
        return new SvgPlot("Quality", "seconds", "dB", List.of());
    }

    @Test
    void distancesAcrossAreThoseOfTheNumbers() {
        List<Double> at = columns(plot());
        assertEquals((10 - 0.1) / (1 - 0.1), (at.get(2) - at.get(0)) / (at.get(1) - at.get(0)), 0.1);
    }

    @Test
    void aPowerOfTenHasTheSameRoomEverywhereOnALogarithmicAxis() {
        List<Double> at = columns(plot().logarithmicAcross());
        assertEquals(2, (at.get(2) - at.get(0)) / (at.get(1) - at.get(0)), 0.01);
    }
}
