package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FastFormTest {
    private static final double ROUNDING = 1e-5;
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);

    private static String rewritten(Value value) {
        FastForm fast = new FastForm(value.graph(), List.of(value));
        return fast.graph().print(fast.at(value));
    }

    @Test
    void smallFactorsAreMultipliedWithEachOtherFirst() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, 4, 16, 16);
        Value channels = graph.input("channels", 1, 4, 1, 1);
        Value images = graph.input("images", 1);
        assertEquals("""
                %0 = Input x() : float32[1,4,16,16]
                %1 = Input channels() : float32[1,4,1,1]
                %2 = Input images() : float32[1]
                %3 = Div(%1, %2) : float32[1,4,1,1]
                %4 = Mul(%0, %3) : float32[1,4,16,16]
                """, rewritten(x.multiply(channels).divide(images)));
    }

    @Test
    void theGradientOfAMeanOfSquaresIsOneMultiplication() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, 3, 8, 8);
        Value mean = x.square().mean(1, 2, 3);
        String gradient = rewritten(Gradients.of(mean, List.of(x)).get(0));
        assertEquals(
                1,
                gradient.lines()
                        .filter(line -> line.endsWith("[1,3,8,8]") && !line.contains("Input"))
                        .count(),
                gradient);
    }

    @Test
    void factorsBeyondWhatCanBeMultipliedStayApart() {
        Graph graph = new Graph();
        Value x = graph.input("x", 4, 16);
        Value mask = x.multiply(graph.input("factor", 1)).multiply(3e38).clip(0.2f, 1);
        assertEquals(graph.print(mask), rewritten(mask));
    }

    @Test
    void whatOnlyLendsItsGradientIsNotComputed() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2, 3);
        Value y = x.multiply(2).withGradientOf(x.square().multiply(7));
        assertEquals(graph.print(x.multiply(2)), rewritten(y));
        assertEquals(
                rewritten(Gradients.of(x.square().multiply(7), List.of(x)).get(0)),
                rewritten(Gradients.of(y, List.of(x)).get(0)));
    }

    @Test
    void masksAreOnePass() {
        Graph graph = new Graph();
        Value x = graph.input("x", 4, 16);
        Value maximum = graph.input("maximum", 4, 1);
        assertEquals("""
                %0 = Input x() : float32[4,16]
                %1 = HardSigmoid[slope=3.0E38, offset=0.0](%0) : float32[4,16]
                """, rewritten(x.multiply(3e38).clip(0, 1)));
        assertEquals(
                """
                %0 = Input x() : float32[4,16]
                %1 = Input maximum() : float32[4,1]
                %2 = Sub(%1, %0) : float32[4,16]
                %3 = HardSigmoid[slope=-3.0E38, offset=1.0](%2) : float32[4,16]
                """,
                rewritten(x.like(1).subtract(maximum.subtract(x).multiply(3e38).clip(0, 1))));
    }

    @Test
    void noLargeOffsetIsMadeOfSmallOnes() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, 64, 128, 128);
        Value bias = graph.input("bias", 1, 64, 1, 1);
        Value noise = graph.input("noise", 1, 1, 128, 128);
        assertEquals("""
                %0 = Input x() : float32[1,64,128,128]
                %1 = Input bias() : float32[1,64,1,1]
                %2 = Input noise() : float32[1,1,128,128]
                %3 = Add(%0, %1) : float32[1,64,128,128]
                %4 = Add(%3, %2) : float32[1,64,128,128]
                """, rewritten(x.add(bias.add(noise))));
    }

    @Test
    void valuesStayTheSame() {
        Seeded.forAll(20, random -> {
            Graph graph = new Graph();
            int channels = 4 * (1 + random.nextInt(3));
            Value x = graph.input("x", 1 + random.nextInt(2), channels, 8, 12);
            Value weights = graph.constant("weights", Seeded.uniform(random, 0.5, 2, 1, channels, 1, 1));
            Value norm = x.square().sum(1).add(1).squareRoot();
            Value pooled =
                    x.divide(norm).multiply(weights).maxPool(2).depthToSpace(2).leakyRelu(0.2f);
            Value loss =
                    pooled.subtract(pooled.like(0.1)).square().multiply(1.5).mean(1, 2, 3);
            requireSame(random, x, Gradients.of(loss, List.of(x)).get(0));
        });
    }

    /** What ONNX Runtime computes from the graph as it is written, and from its fast form. */
    private static void requireSame(RandomGenerator random, Value x, Value y) {
        Map<String, Tensor> input = Map.of("x", Seeded.normal(random, x.shape().toArray()));
        double[] plain = run(Program.compileAsWritten(y.graph(), Map.of("y", y), ONE_THREAD), input);
        double[] fast = run(Program.compile(y.graph(), Map.of("y", y), ONE_THREAD), input);
        for (int i = 0; i < plain.length; i++) {
            assertEquals(plain[i], fast[i], ROUNDING * (1 + Math.abs(plain[i])), "element " + i);
        }
    }

    private static double[] run(Program compiled, Map<String, Tensor> input) {
        try (Program program = compiled) {
            return program.run(input).get("y").toDoubles();
        }
    }
}
