package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RowBandsTest {
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);
    private static final String WHOLE = "[1,96,96,96]";

    /** A layer as generators have it: scaled by a style, convolved, scaled again, with noise and an activation. */
    private static Value layer(Graph graph, RandomGenerator random, Value x, Value style) {
        Value weight = graph.constant("weight", Seeded.uniform(random, -0.06, 0.06, 96, 96, 3, 3));
        Value noise = graph.constant("noise", Seeded.normal(random, 1, 1, 96, 96));
        return x.multiply(style)
                .convolve(weight)
                .multiply(style.square())
                .add(graph.constant("bias", Seeded.normal(random, 1, 96, 1, 1)).add(noise))
                .leakyRelu(0.2f);
    }

    @Test
    void elementsAreComputedNextToTheConvolution() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, 96, 96, 96);
        Value y = layer(graph, new SplittableRandom(1), x, graph.input("style", 1, 96, 1, 1));
        FastForm fast = new FastForm(graph, List.of(y));
        String text = fast.graph().print(fast.at(y));
        assertEquals(
                List.of("Input", "Concatenate"),
                text.lines()
                        .filter(line -> line.endsWith(WHOLE))
                        .map(line -> line.replaceAll("%\\d+ = (\\w+).*", "$1"))
                        .toList(),
                text);
    }

    @Test
    void sumsOfProductsAreTakenFromTheBands() {
        Graph graph = new Graph();
        Value y = graph.input("x", 1, 96, 96, 96)
                .convolve(graph.constant("weight", Seeded.uniform(new SplittableRandom(1), -1, 1, 96, 96, 3, 3)));
        Value scaled = y.multiply(graph.input("style", 1, 96, 1, 1));
        Value sums = y.multiply(graph.input("z", 1, 96, 96, 96)).sum(2, 3);
        FastForm fast = new FastForm(graph, List.of(scaled, sums));
        String text = fast.graph().print(fast.at(scaled), fast.at(sums));
        assertTrue(text.lines().noneMatch(line -> line.contains("= Mul(") && line.endsWith(WHOLE)), text);
    }

    @Test
    void gradientsAreThoseOfTheGraphAsItIsWritten() {
        Seeded.forAll(2, random -> {
            Graph graph = new Graph();
            Value x = graph.input("x", 1, 96, 96, 96);
            Value style = graph.input("style", 1, 96, 1, 1);
            Value y = layer(graph, random, layer(graph, random, x, style), style);
            List<Value> gradients = Gradients.of(y.square().mean(1, 2, 3), List.of(x, style));
            Map<String, Value> outputs = new LinkedHashMap<>();
            outputs.put("y", y);
            outputs.put("of x", gradients.get(0));
            outputs.put("of style", gradients.get(1));
            Map<String, Tensor> inputs = Map.of(
                    "x", Seeded.normal(random, 1, 96, 96, 96), "style", Seeded.uniform(random, 0.5, 1, 1, 96, 1, 1));
            try (Program plain = Program.compileAsWritten(graph, outputs, ONE_THREAD);
                    Program fast = Program.compile(graph, outputs, ONE_THREAD)) {
                Map<String, Tensor> wanted = plain.run(inputs);
                fast.run(inputs).forEach((name, tensor) -> requireClose(name, wanted.get(name), tensor));
            }
        });
    }

    /** Where a value is near its kink, rounding decides which slope it has. */
    private static void requireClose(String name, Tensor wanted, Tensor got) {
        float[] a = wanted.toFloats();
        float[] b = got.toFloats();
        double squared = 0;
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            squared += a[i] * a[i];
            difference += (a[i] - b[i]) * (a[i] - b[i]);
        }
        assertTrue(difference < 1e-4 * squared, name + ": " + difference + " of " + squared);
    }
}
