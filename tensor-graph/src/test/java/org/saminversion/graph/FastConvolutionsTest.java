package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.ConvolutionOp.Convolution;

class FastConvolutionsTest {
    /** Of an output that is a sum of normal products with variance 1; the plain convolution rounds by about 1e-6. */
    private static final double ROUNDING = 3e-5;

    private static Convolution padded(int padding) {
        return new Convolution(1, padding, 1, 1);
    }

    private static Value convolved(Graph graph, RandomGenerator random, int out, int in, Value x, int padding) {
        Tensor weight = Seeded.uniform(random, -1 / Math.sqrt(3.0 * in), 1 / Math.sqrt(3.0 * in), out, in, 3, 3);
        return x.convolve(graph.constant("weight", weight), padded(padding));
    }

    private static String rewritten(Value value) {
        GraphRewrite fast = new GraphRewrite(value.graph(), List.of(value), new FastConvolutions(new RowBands()));
        return fast.graph().print(fast.at(value));
    }

    @Test
    void aWideConvolutionBecomesMatrixProducts() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, 96, 24, 24);
        Value y = x.convolve(graph.constant("weight", Tensor.zeros(Shape.of(96, 96, 3, 3))));
        assertEquals("""
                %0 = Input x() : float32[1,96,24,24]
                %1 = Lent winograd kernels() : float32[36,96,96]
                %2 = Transpose[order=[0, 2, 3, 1]](%0) : float32[1,24,24,96]
                %3 = Reshape[to=[576,96]](%2) : float32[576,96]
                %4 = Constant zeros() : float32[1,96]
                %5 = Concatenate[axis=0](%3, %4) : float32[577,96]
                %6 = Constant tiles of pixels() : int32[1296]
                %7 = Rows[](%5, %6) : float32[1296,96]
                %8 = Constant winograd inputs() : float32[36,36]
                %9 = Reshape[to=[36,3456]](%7) : float32[36,3456]
                %10 = MatrixProduct[](%8, %9) : float32[36,3456]
                %11 = Reshape[to=[36,36,96]](%10) : float32[36,36,96]
                %12 = MatrixProduct[](%11, %1) : float32[36,36,96]
                %13 = Constant winograd outputs() : float32[16,36]
                %14 = Reshape[to=[36,3456]](%12) : float32[36,3456]
                %15 = MatrixProduct[](%13, %14) : float32[16,3456]
                %16 = Reshape[to=[576,96]](%15) : float32[576,96]
                %17 = Constant pixels of tiles() : int32[576]
                %18 = Rows[](%16, %17) : float32[576,96]
                %19 = Reshape[to=[1,24,24,96]](%18) : float32[1,24,24,96]
                %20 = Transpose[order=[0, 3, 1, 2]](%19) : float32[1,96,24,24]
                """, rewritten(y));
    }

    @Test
    void narrowSmallAndStridedConvolutionsStay() {
        Graph graph = new Graph();
        Value wide = graph.input("wide", 1, 128, 16, 16);
        Value narrow = graph.input("narrow", 1, 48, 32, 32);
        Value large = graph.input("large", 1, 128, 32, 32);
        Value weight = graph.constant("weight", Tensor.zeros(Shape.of(128, 128, 3, 3)));
        Value pointwise = graph.constant("pointwise", Tensor.zeros(Shape.of(128, 128, 1, 1)));
        for (Value stays : List.of(
                wide.convolve(weight),
                narrow.convolve(graph.constant("narrow", Tensor.zeros(Shape.of(48, 48, 3, 3)))),
                large.convolve(weight, 2, 1),
                large.convolve(pointwise),
                large.convolve(graph.input("free", 128, 128, 3, 3)))) {
            assertEquals(stays.graph().print(stays), rewritten(stays));
        }
    }

    @Test
    void itsValuesAreThoseOfThePlainConvolution() {
        Seeded.forAll(6, random -> {
            int in = 96 + random.nextInt(40);
            int out = 100 + random.nextInt(40);
            int padding = random.nextInt(3);
            Graph graph = new Graph();
            Value x = graph.input("x", 1 + random.nextInt(2), in, 22 + random.nextInt(8), 24 + random.nextInt(8));
            Value fast = convolved(graph, random, out, in, x, padding);
            requireEqual(random, x, fast);
        });
    }

    @Test
    void bandsOfALargeImageAreJoinedToTheSameValues() {
        Seeded.forAll(2, random -> {
            Graph graph = new Graph();
            Value x = graph.input("x", 1, 100, 75, 101);
            Value fast = convolved(graph, random, 110, 100, x, random.nextInt(3));
            assertTrue(rewritten(fast).contains("Slice"), rewritten(fast));
            requireEqual(random, x, fast);
        });
    }

    @Test
    void itsGradientIsThatOfThePlainConvolution() {
        Seeded.forAll(3, random -> {
            int in = 96 + random.nextInt(40);
            int out = 100 + random.nextInt(40);
            Graph graph = new Graph();
            Value x = graph.input("x", 1, in, 24, 28);
            Value y = convolved(graph, random, out, in, x, 1);
            Value g = graph.input("g", y.shape().toArray());
            Value gradient = Gradients.of(y.multiply(g), List.of(x)).get(0);
            assertTrue(!rewritten(gradient).contains("Flipped"), rewritten(gradient));
            requireEqual(random, g, gradient);
        });
    }

    @Test
    void aChangeOfResolutionAroundItCostsNothing() {
        Seeded.forAll(3, random -> {
            Graph graph = new Graph();
            Value x = graph.input("x", 1, 32, 48, 56);
            Value y =
                    convolved(graph, random, 4 * 48, 128, x.spaceToDepth(2), 1).depthToSpace(2);
            assertTrue(!rewritten(y).contains("ToDepth") && !rewritten(y).contains("DepthTo"), rewritten(y));
            requireEqual(random, x, y);
        });
    }

    /** The same convolution with a weight that is an input is not rewritten, and so gives the plain values. */
    private static void requireEqual(RandomGenerator random, Value x, Value fast) {
        String name = ((Source.Input) x.node().op()).name();
        Tensor input = Seeded.normal(random, x.shape().toArray());
        Tensor[] weight = new Tensor[1];
        GraphRewrite copy = new GraphRewrite(x.graph(), List.of(fast), (node, rewrite) -> {
            if (node.op() instanceof Source.Fixed fixed && node.type().shape().size(-1) == Winograd.KERNEL) {
                weight[0] = fixed.tensor();
                return Optional.of(
                        rewrite.graph().input("weight", weight[0].shape().toArray()));
            }
            return Optional.empty();
        });
        RuntimeOptions options = RuntimeOptions.withThreads(1);
        try (Program ours = Program.compile(x.graph(), Map.of("y", fast), options);
                Program theirs = Program.compile(copy.graph(), Map.of("y", copy.at(fast)), options)) {
            double[] y = ours.run(Map.of(name, input)).get("y").toDoubles();
            double[] wanted = theirs.run(Map.of(name, input, "weight", weight[0]))
                    .get("y")
                    .toDoubles();
            assertEquals(wanted.length, y.length);
            for (int i = 0; i < y.length; i++) {
                assertEquals(wanted[i], y[i], ROUNDING, "element " + i);
            }
        }
    }
}
