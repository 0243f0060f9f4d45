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

    @Test
    void axesHaveRoundNumbers() {
        assertEquals(List.of("26", "28", "30", "32", "34", "36"), labels(AxisTick.linear(24.8, 37)));
        assertEquals(List.of("-0.01", "0.00", "0.01", "0.02", "0.03"), labels(AxisTick.linear(-0.013, 0.036)));
        assertEquals(List.of("0", "100", "200", "300", "400"), labels(AxisTick.linear(0, 420)));
        assertEquals(List.of("0.02", "0.05", "0.1", "0.2", "0.5"), labels(AxisTick.logarithmic(-1.8, -0.3)));
        assertEquals(List.of("0.01", "0.1", "1", "10", "100"), labels(AxisTick.logarithmic(-2.1, 2.1)));
    }

    private static List<String> labels(List<AxisTick> ticks) {
        return ticks.stream().map(AxisTick::label).toList();
    }
}
