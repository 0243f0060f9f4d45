package org.saminversion.bench.comparison;

import java.util.List;
import java.util.Locale;

/**
 * A mean over pictures.
 *
 * @param standardError of the mean, from the sample standard deviation; 0 for one picture
 */
public record Estimate(double mean, double standardError) {
    /** @param values at least one */
    public static Estimate of(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        int n = values.size();
        return new Estimate(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n));
    }

    /** Such as {@code 24.31 ± 0.12}. */
    public String toText(int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f ± %." + decimals + "f", mean, standardError);
    }
}
