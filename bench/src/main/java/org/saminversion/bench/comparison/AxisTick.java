package org.saminversion.bench.comparison;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A number beside an axis. @param at its place, on a logarithmic axis the decimal logarithm */
record AxisTick(double at, String label) {
    private static final int ABOUT = 5;
    private static final int DECADES_WITH_STEPS_BETWEEN = 4;

    /** About five round numbers in a range: multiples of 1, 2 or 5 times a power of ten. */
    static List<AxisTick> linear(double least, double most) {
        double wanted = (most - least) / ABOUT;
        int exponent = (int) Math.floor(Math.log10(wanted));
        double leading = wanted / Math.pow(10, exponent);
        int round = leading < 1.5 ? 1 : leading < 3.5 ? 2 : leading < 7.5 ? 5 : 10;
        BigDecimal step = power(round, exponent).stripTrailingZeros();
        List<AxisTick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(least / step.doubleValue()); i * step.doubleValue() <= most; i++) {
            BigDecimal value = step.multiply(BigDecimal.valueOf(i));
            ticks.add(new AxisTick(value.doubleValue(), value.toPlainString()));
        }
        return ticks;
    }

    /** Powers of ten, with their doubles and fivefolds where there are few. @param least and {@code most} are logarithms */
    static List<AxisTick> logarithmic(double least, double most) {
        List<Integer> rounds = most - least < DECADES_WITH_STEPS_BETWEEN ? List.of(1, 2, 5) : List.of(1);
        List<AxisTick> ticks = new ArrayList<>();
        for (int decade = (int) Math.floor(least); decade <= most; decade++) {
            for (int round : rounds) {
                double at = decade + Math.log10(round);
                if (at >= least && at <= most) {
                    ticks.add(new AxisTick(at, power(round, decade).toPlainString()));
                }
            }
        }
        return ticks;
    }

    private static BigDecimal power(int factor, int exponent) {
        return BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent);
    }
}
