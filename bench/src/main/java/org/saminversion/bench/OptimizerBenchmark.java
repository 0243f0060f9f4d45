package org.saminversion.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.saminversion.inversion.engine.BatchRun;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.StepLosses;

/**
 * How soon ways of optimising reach the loss at which the reference ends, in steps and in time, and whether they end lower. All see
 * the same photographs and maps, several in one program.
 */
public final class OptimizerBenchmark {
    private static final int CHUNK_STEPS = 25;

    /** A way of optimising: the photographs with its settings, which agree in the number of steps. */
    public record Way(String name, List<InversionRequest> requests) {
        int steps() {
            return requests.get(0).settings().steps();
        }
    }

    /**
     * What one way did.
     *
     * @param secondsOfStart of one photograph until its first step, on average: where it starts from, with an encoder's pass
     * @param secondsPerStep of one photograph, on average
     * @param losses by photograph, before each step
     */
    public record Curves(double secondsOfStart, double secondsPerStep, List<double[]> losses) {
        public int steps() {
            return losses.get(0).length;
        }

        public double meanEnd() {
            return losses.stream().mapToDouble(Curves::last).average().orElseThrow();
        }

        private double seconds(double steps) {
            return secondsOfStart + steps * secondsPerStep;
        }

        private static double last(double[] curve) {
            return curve[curve.length - 1];
        }

        /** The number of steps after which the loss is no higher than the goal; empty if it never is. */
        private static OptionalInt stepsTo(double goal, double[] curve) {
            for (int step = 0; step < curve.length; step++) {
                if (curve[step] <= goal) {
                    return OptionalInt.of(step + 1);
                }
            }
            return OptionalInt.empty();
        }

        /**
         * Compares with the end of the reference.
         *
         * @return median steps and time as shares of the reference's, infinite if more than half never get there; by photograph the
         *     last loss as a multiple of the reference's
         */
        public Comparison against(Curves reference) {
            double[] steps = new double[losses.size()];
            for (int i = 0; i < steps.length; i++) {
                OptionalInt reached = stepsTo(last(reference.losses.get(i)), losses.get(i));
                steps[i] = reached.isPresent() ? reached.getAsInt() : Double.POSITIVE_INFINITY;
            }
            double median = median(steps);
            return new Comparison(
                    median, seconds(median) / reference.seconds(reference.steps()), ratios(reference, steps() - 1));
        }

        /** The loss that stands before a step, by photograph, as a multiple of the reference's last. @param step from 0 */
        public List<Double> ratios(Curves reference, int step) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < losses.size(); i++) {
                ratios.add(losses.get(i)[step] / last(reference.losses.get(i)));
            }
            return ratios;
        }
    }

    /**
     * One way beside the reference.
     *
     * @param medianStepsToGoal infinite if more than half of the photographs never get to the reference's last loss
     * @param timeShare of the reference's time for all its steps
     * @param endRatios by photograph the last loss by the reference's
     */
    public record Comparison(double medianStepsToGoal, double timeShare, List<Double> endRatios) {
        /** Photographs whose last loss is higher. */
        public long endWorse() {
            return endRatios.stream().filter(ratio -> ratio > 1).count();
        }
    }

    private final LongSupplier nanoClock;
    private final Consumer<String> report;

    /** @param nanoClock a monotonic clock; @param report hears a line for each group of photographs */
    public OptimizerBenchmark(LongSupplier nanoClock, Consumer<String> report) {
        this.nanoClock = nanoClock;
        this.report = report;
    }

    /** @param batch photographs in one program, at least 1 */
    public Curves run(InversionEngine engine, Way way, int batch) {
        List<double[]> losses = new ArrayList<>();
        long starting = 0;
        long stepping = 0;
        for (int first = 0; first < way.requests().size(); first += batch) {
            List<InversionRequest> group = way.requests()
                    .subList(first, Math.min(first + batch, way.requests().size()));
            double[][] curves = new double[group.size()][way.steps()];
            // The first run of a program compiles it, which is no part of a photograph's time.
            try (BatchRun run = engine.start(group)) {
                run.advance(1);
            }
            long before = nanoClock.getAsLong();
            try (BatchRun run = engine.start(group)) {
                long started = nanoClock.getAsLong();
                while (run.step() < run.steps()) {
                    List<List<StepLosses>> chunk = run.advance(CHUNK_STEPS);
                    for (int i = 0; i < group.size(); i++) {
                        for (StepLosses loss : chunk.get(i)) {
                            curves[i][loss.step()] = loss.total();
                        }
                    }
                }
                starting += started - before;
                stepping += nanoClock.getAsLong() - started;
            }
            losses.addAll(Arrays.asList(curves));
            report.accept(way.name() + ": photographs " + first + " to " + (first + group.size() - 1));
        }
        int photographs = way.requests().size();
        return new Curves(starting / 1e9 / photographs, stepping / 1e9 / photographs / way.steps(), losses);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
