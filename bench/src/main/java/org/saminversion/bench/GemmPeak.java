package org.saminversion.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** What the processor can do: a large matrix product in ONNX Runtime with the same threads, in the same run. */
final class GemmPeak {
    private static final int SIZE = 2048;
    /** One after the other in each run, so that handing matrices in and out counts little. */
    private static final int PRODUCTS = 4;

    private static final int REPETITIONS = 7;

    private GemmPeak() {}

    /** Billions of operations per second, the best of several runs. @param nanoClock a monotonic clock */
    static double gigaflops(RuntimeOptions options, LongSupplier nanoClock) {
        Graph graph = new Graph();
        SplittableRandom random = new SplittableRandom(1);
        Tensor weight = BenchmarkLayout.normal(random, 1, SIZE, SIZE);
        Tensor input = BenchmarkLayout.normal(random, 1, SIZE, SIZE);
        Value factor = graph.constant("b", weight);
        Value product = graph.input("a", SIZE, SIZE);
        for (int i = 0; i < PRODUCTS; i++) {
            product = product.matrixProduct(factor);
        }
        double[] seconds = new double[REPETITIONS];
        try (Program program = Program.compile(graph, Map.of("product", product), options)) {
            program.run(Map.of("a", input));
            for (int i = 0; i < REPETITIONS; i++) {
                long start = nanoClock.getAsLong();
                program.run(Map.of("a", input));
                seconds[i] = Duration.ofNanos(nanoClock.getAsLong() - start).toNanos() / 1e9;
            }
        }
        return 2.0
                * PRODUCTS
                * SIZE
                * SIZE
                * SIZE
                / Arrays.stream(seconds).min().orElseThrow()
                / 1e9;
    }
}
