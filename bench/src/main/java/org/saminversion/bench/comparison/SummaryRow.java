package org.saminversion.bench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * One method over all pictures.
 *
 * @param shares mean part of the area by latent space
 * @param against differences of this method less the reference method, picture by picture; empty for the reference itself
 */
public record SummaryRow(
        String method,
        Estimate psnr,
        Estimate lpips,
        Estimate seconds,
        int steps,
        Map<String, Double> shares,
        Estimate response,
        Estimate background,
        Optional<Paired> against) {
    /** Of PSNR in dB, and of LPIPS. */
    public record Paired(Estimate psnr, Estimate lpips) {}

    /**
     * A row for each method, in their order.
     *
     * @param reference the method that the others are compared with; no differences if it is not among them
     */
    public static List<SummaryRow> of(Map<String, List<Measurement>> results, String reference) {
        List<SummaryRow> rows = new ArrayList<>();
        results.forEach((method, measurements) -> {
            Optional<Paired> paired = Optional.ofNullable(results.get(reference))
                    .filter(others -> !method.equals(reference))
                    .map(others -> new Paired(
                            paired(measurements, others, Measurement::psnr),
                            paired(measurements, others, Measurement::lpips)));
            rows.add(new SummaryRow(
                    method,
                    estimate(measurements, Measurement::psnr),
                    estimate(measurements, Measurement::lpips),
                    estimate(measurements, Measurement::seconds),
                    measurements.get(0).steps(),
                    shares(measurements),
                    estimate(measurements, Measurement::response),
                    estimate(measurements, Measurement::background),
                    paired));
        });
        return rows;
    }

    private static Estimate estimate(List<Measurement> measurements, ToDoubleFunction<Measurement> value) {
        return Estimate.of(measurements.stream().mapToDouble(value).boxed().toList());
    }

    private static Estimate paired(
            List<Measurement> own, List<Measurement> others, ToDoubleFunction<Measurement> value) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            differences.add(value.applyAsDouble(own.get(i)) - value.applyAsDouble(others.get(i)));
        }
        return Estimate.of(differences);
    }

    private static Map<String, Double> shares(List<Measurement> measurements) {
        Map<String, Double> sums = new TreeMap<>();
        for (Measurement measurement : measurements) {
            measurement.shares().forEach((space, share) -> sums.merge(space, share / measurements.size(), Double::sum));
        }
        return sums;
    }
}
