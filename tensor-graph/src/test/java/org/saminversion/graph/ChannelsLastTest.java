package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ChannelsLastTest {
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);
    private static final int SIZE = 32;
    private static final int CHANNELS = 64;

    /** An image [N,C,H,W] as Winograd's convolutions make it. */
    private static Value made(Graph graph, String name, int images) {
        return graph.input(name, images, SIZE, SIZE, CHANNELS).transpose(0, 3, 1, 2);
    }

    private static Value taken(Value x) {
        return x.transpose(0, 2, 3, 1);
    }

    private static long transposes(Value... values) {
        Graph graph = values[0].graph();
        List<Value> wanted = List.of(values);
        GraphRewrite ordered = new GraphRewrite(graph, wanted, new ChannelsLast(graph, wanted));
        return ordered.graph()
                .print(wanted.stream().map(ordered::at).toArray(Value[]::new))
                .lines()
                .filter(line -> line.contains("Transpose["))
                .count();
    }

    @Test
    void elementsBetweenTwoConvolutionsAreComputedInTheirOrder() {
        Graph graph = new Graph();
        Value x = made(graph, "x", 2);
        Value scaled = x.multiply(graph.input("style", 2, CHANNELS, 1, 1)).add(graph.input("noise", 1, 1, SIZE, SIZE));
        Value parts = Value.concatenate(2, scaled.slice(2, 8, 16), scaled.slice(2, 0, 8))
                .leakyRelu(0.2f);
        assertEquals(0, transposes(taken(parts.add(made(graph, "y", 2).slice(2, 0, 16)))));
    }

    @Test
    void productsWithTheirPixelsAndSumsOverThemTakeThatOrder() {
        Graph graph = new Graph();
        Value x = made(graph, "x", 1);
        Value pixels = x.reshape(1, CHANNELS, SIZE * SIZE);
        Value colours = graph.input("colours", 1, 3, CHANNELS);
        Value ofColours = graph.input("gradient", 1, 3, SIZE * SIZE);
        assertEquals(0, transposes(colours.matrixProduct(pixels)));
        assertEquals(0, transposes(ofColours.matrixProduct(pixels.transpose(0, 2, 1))));
        assertEquals(0, transposes(x.multiply(made(graph, "y", 1)).sum(2, 3)));
    }

    @Test
    void whatNobodyTakesInThatOrderStays() {
        Graph graph = new Graph();
        Value gradient = made(graph, "gradient", 1);
        Value moment = graph.input("moment", 1, CHANNELS, SIZE, SIZE);
        assertEquals(
                1,
                transposes(
                        moment.multiply(0.9).add(gradient.multiply(0.1)),
                        gradient.square().add(moment)));
    }

    /** Two layers of a generator with colours after each: what each image's gradients are made of. */
    @Test
    void gradientsAreThoseOfTheGraphAsItIsWritten() {
        Seeded.forAll(2, random -> {
            Graph graph = new Graph();
            Value x = graph.input("x", 2, CHANNELS, SIZE, SIZE);
            Value style = graph.input("style", 2, CHANNELS, 1, 1);
            Value first = layer(graph, random, x, style);
            Value second = layer(graph, random, first, style);
            Value colours = graph.input("colours", 2, 3, CHANNELS);
            Value image = coloured(first, colours).add(coloured(second, colours));
            Map<String, Value> outputs = new LinkedHashMap<>();
            outputs.put("image", image);
            List<Value> variables = List.of(x, style, colours);
            List<Value> gradients = Gradients.of(image.square().mean(1, 2), variables);
            for (int i = 0; i < variables.size(); i++) {
                outputs.put("gradient " + i, gradients.get(i));
            }
            Map<String, Tensor> inputs = Map.of(
                    "x", Seeded.normal(random, 2, CHANNELS, SIZE, SIZE),
                    "style", Seeded.uniform(random, 0.5, 1, 2, CHANNELS, 1, 1),
                    "colours", Seeded.normal(random, 2, 3, CHANNELS));
            try (Program plain = Program.compileAsWritten(graph, outputs, ONE_THREAD);
                    Program fast = Program.compile(graph, outputs, ONE_THREAD)) {
                Map<String, Tensor> wanted = plain.run(inputs);
                fast.run(inputs).forEach((name, tensor) -> Seeded.requireClose(name, wanted.get(name), tensor));
            }
        });
    }

    /** Without a kink, near which rounding would decide. */
    private static Value layer(Graph graph, RandomGenerator random, Value x, Value style) {
        Value weight = graph.constant("weight", Seeded.uniform(random, -0.06, 0.06, CHANNELS, CHANNELS, 3, 3));
        Value noise = graph.constant("noise", Seeded.normal(random, 1, 1, SIZE, SIZE));
        return x.multiply(style)
                .convolve(weight)
                .multiply(style.square())
                .add(noise)
                .tanh();
    }

    private static Value coloured(Value x, Value colours) {
        return colours.matrixProduct(x.reshape(2, CHANNELS, SIZE * SIZE));
    }
}
