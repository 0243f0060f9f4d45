package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelScalesTest {
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);
    private static final int CHANNELS = 64;

    private static Value layer(Graph graph, int images, int size) {
        Value weight = graph.constant("weight", Tensor.filled(Shape.of(CHANNELS, CHANNELS, 3, 3), 0.1f));
        return graph.input("x", images, CHANNELS, size, size)
                .multiply(graph.input("style", images, CHANNELS, 1, 1))
                .convolve(weight)
                .multiply(graph.input("demodulation", images, CHANNELS, 1, 1));
    }

    private static List<String> productsOf(Value y) {
        FastForm fast = new FastForm(y.graph(), List.of(y));
        return fast.graph()
                .print(fast.at(y))
                .lines()
                .filter(line -> line.contains("= Mul("))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .distinct()
                .toList();
    }

    @Test
    void aKernelThatIsSmallBesideTheImageTakesItsScales() {
        assertEquals(List.of("float32[64,64]", "float32[36,64,64]"), productsOf(layer(new Graph(), 1, 96)));
    }

    @Test
    void scalesOfSmallImagesAndOfSeveralImagesStayWithThem() {
        assertTrue(productsOf(layer(new Graph(), 1, 32)).stream().noneMatch(type -> type.contains("[36,")));
        assertTrue(productsOf(layer(new Graph(), 2, 96)).stream().noneMatch(type -> type.contains("[36,")));
    }

    /** Up, as generators have it, so that both directions of the convolution have scales and blocks on either side. */
    @Test
    void valuesAndGradientsAreThoseOfTheGraphAsItIsWritten() {
        Seeded.forAll(1, random -> {
            int channels = 48;
            int size = 168;
            Graph graph = new Graph();
            Value x = graph.input("x", 1, channels, size, size);
            Value style = graph.input("style", 1, channels, 1, 1);
            Value demodulation = graph.input("demodulation", 1, channels, 1, 1);
            Value weight = graph.constant("weight", Seeded.uniform(random, -0.05, 0.05, 4 * channels, channels, 3, 3));
            Value y = x.multiply(style)
                    .convolve(weight)
                    .depthToSpace(2)
                    .multiply(demodulation)
                    .tanh();
            List<Value> gradients = Gradients.of(y.square().mean(1, 2, 3), List.of(x, style, demodulation));
            Map<String, Value> outputs = new LinkedHashMap<>();
            outputs.put("y", y);
            outputs.put("of x", gradients.get(0));
            outputs.put("of style", gradients.get(1));
            outputs.put("of demodulation", gradients.get(2));
            Map<String, Tensor> inputs = Map.of(
                    "x", Seeded.normal(random, 1, channels, size, size),
                    "style", Seeded.uniform(random, 0.5, 1, 1, channels, 1, 1),
                    "demodulation", Seeded.uniform(random, 0.5, 1, 1, channels, 1, 1));
            try (Program plain = Program.compileAsWritten(graph, outputs, ONE_THREAD);
                    Program fast = Program.compile(graph, outputs, ONE_THREAD)) {
                Map<String, Tensor> wanted = plain.run(inputs);
                fast.run(inputs).forEach((name, tensor) -> Seeded.requireClose(name, wanted.get(name), tensor));
            }
        });
    }
}
