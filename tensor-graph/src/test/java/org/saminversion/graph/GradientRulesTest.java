package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.saminversion.graph.ConvolutionOp.Convolution;
import org.saminversion.graph.ConvolutionOp.TransposedConvolution;

/**
 * Every rule against central differences: for a random direction t and a random upstream c, the derivative of
 * &lt;c, f(x + h t)&gt; at h = 0 must equal &lt;t, gradient&gt;. The cost does not grow with the size of the tensors.
 */
class GradientRulesTest {
    /** Draws a tensor away from the kinks of an operator. */
    private interface Draw {
        Tensor of(RandomGenerator random, int... sizes);
    }

    private record Case(String name, Function<List<Value>, Value> function, Draw draw, int[]... shapes) {}

    private static final Draw NORMAL = Seeded::normal;
    private static final Draw POSITIVE = (random, sizes) -> Seeded.uniform(random, 0.5, 2, sizes);
    /** At least 0.1 from every multiple of 1: away from the kinks of relu, clip and their kin. */
    private static final Draw AWAY_FROM_INTEGERS = (random, sizes) -> {
        float[] values = Seeded.uniform(random, 0.1, 0.9, sizes).toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += random.nextInt(-2, 2);
        }
        return Tensor.of(Shape.of(sizes), values);
    };
    /** All elements differ by at least 0.05. */
    private static final Draw DISTINCT = (random, sizes) -> {
        int n = Shape.of(sizes).elements();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            order.add(random.nextInt(i + 1), i);
        }
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 0.05f * order.get(i) - 0.025f * n;
        }
        return Tensor.of(Shape.of(sizes), values);
    };

    private static int[] s(int... sizes) {
        return sizes;
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (UnaryOp.Function function : UnaryOp.Function.values()) {
            if (function == UnaryOp.Function.DETACH) {
                continue; // Its declared gradient is not its derivative: see detachStopsTheGradient.
            }
            Draw draw = switch (function) {
                case LOGARITHM, SQUARE_ROOT, RECIPROCAL -> POSITIVE;
                default -> AWAY_FROM_INTEGERS;
            };
            cases.add(new Case(function.name(), v -> v.get(0).apply(function), draw, s(3, 1, 4)));
        }
        cases.add(new Case("leaky relu", v -> v.get(0).leakyRelu(0.2f), AWAY_FROM_INTEGERS, s(4, 5)));
        cases.add(new Case("returning clip, inside", v -> v.get(0).returningClip(-5, 5), NORMAL, s(4, 5)));
        cases.add(new Case("clip", v -> v.get(0).clip(-1, 1), AWAY_FROM_INTEGERS, s(4, 5)));
        cases.add(new Case(
                "cast", v -> v.get(0).cast(ElementType.FLOAT64).square().cast(ElementType.FLOAT32), NORMAL, s(4, 5)));
        for (BinaryOp op : BinaryOp.values()) {
            if (op != BinaryOp.POWER) {
                Draw draw = op == BinaryOp.DIVIDE ? POSITIVE : DISTINCT;
                for (int[][] shapes : new int[][][] {
                    {s(2, 3, 4), s(2, 3, 4)},
                    {s(2, 3, 4), s(4)},
                    {s(1, 3, 1), s(2, 1, 4)},
                    {s(), s(3)},
                    {s(2, 1), s(1, 1)}
                }) {
                    cases.add(new Case(
                            op + " " + shapes[0].length + "d",
                            v -> v.get(0).graph().apply(op, v.get(0), v.get(1)),
                            op == BinaryOp.MAXIMUM || op == BinaryOp.MINIMUM ? NORMAL : draw,
                            shapes));
                }
            }
        }
        cases.add(new Case("power", v -> v.get(0).power(2.5), POSITIVE, s(3, 4)));
        cases.add(new Case(
                "where",
                v -> v.get(0)
                        .greater(v.get(1))
                        .choose(v.get(0).square(), v.get(1).multiply(3)),
                NORMAL,
                s(3, 1),
                s(1, 4)));
        cases.add(new Case(
                "comparisons are constant",
                v -> v.get(0)
                        .less(v.get(1))
                        .cast(ElementType.FLOAT32)
                        .add(v.get(0).equal(v.get(1)).cast(ElementType.FLOAT32))
                        .add(v.get(0).greater(v.get(1)).cast(ElementType.FLOAT32)),
                NORMAL,
                s(3, 4),
                s(3, 4)));
        cases.add(new Case("reshape", v -> v.get(0).reshape(4, 3), NORMAL, s(2, 6)));
        cases.add(new Case("expand", v -> v.get(0).expand(Shape.of(5, 2, 3)), NORMAL, s(2, 1)));
        cases.add(new Case("transpose", v -> v.get(0).transpose(2, 0, 1), NORMAL, s(2, 3, 4)));
        cases.add(new Case("slice", v -> v.get(0).slice(1, 1, 3), NORMAL, s(2, 4)));
        cases.add(new Case("pad", v -> v.get(0).padImage(1, 0, 2, 1), NORMAL, s(1, 2, 3, 3)));
        cases.add(
                new Case("concatenate", v -> Value.concatenate(1, v.get(0), v.get(1)), NORMAL, s(2, 1, 3), s(2, 4, 3)));
        cases.add(new Case("depth to space", v -> v.get(0).depthToSpace(2), NORMAL, s(2, 8, 3, 1)));
        cases.add(new Case("space to depth", v -> v.get(0).spaceToDepth(2), NORMAL, s(2, 3, 4, 2)));
        cases.add(new Case("sum", v -> v.get(0).sum(0, 2), NORMAL, s(2, 3, 4)));
        cases.add(new Case("mean", v -> v.get(0).mean(1), NORMAL, s(2, 3, 1)));
        cases.add(new Case("maximum over", v -> v.get(0).maximumOver(1), DISTINCT, s(2, 5)));
        cases.add(new Case("matrix product", v -> v.get(0).matrixProduct(v.get(1)), NORMAL, s(2, 3), s(3, 4)));
        cases.add(new Case(
                "matrix product, batched", v -> v.get(0).matrixProduct(v.get(1)), NORMAL, s(5, 1, 2, 3), s(4, 3, 1)));
        cases.add(new Case("softmax", v -> v.get(0).softmax(-1), NORMAL, s(2, 5)));
        cases.add(new Case("convolution", v -> v.get(0).convolve(v.get(1)), NORMAL, s(2, 3, 5, 4), s(4, 3, 3, 3)));
        cases.add(new Case("1x1", v -> v.get(0).convolve(v.get(1)), NORMAL, s(1, 3, 4, 4), s(2, 3, 1, 1)));
        cases.add(
                new Case("strided, odd", v -> v.get(0).convolve(v.get(1), 2, 1), NORMAL, s(1, 2, 7, 7), s(3, 2, 3, 3)));
        cases.add(new Case(
                "strided, even", v -> v.get(0).convolve(v.get(1), 2, 1), NORMAL, s(1, 2, 8, 8), s(3, 2, 3, 3)));
        cases.add(new Case(
                "strided, oblong", v -> v.get(0).convolve(v.get(1), 2, 1), NORMAL, s(1, 2, 7, 8), s(3, 2, 3, 3)));
        cases.add(new Case(
                "dilated",
                v -> v.get(0).convolve(v.get(1), new Convolution(1, 2, 2, 1)),
                NORMAL,
                s(1, 2, 6, 6),
                s(3, 2, 3, 3)));
        cases.add(new Case(
                "constant weight", v -> v.get(0).convolve(constant(v.get(0), 4, 3, 3, 3)), NORMAL, s(2, 3, 5, 4)));
        cases.add(new Case(
                "constant weight in groups",
                v -> v.get(0).convolve(constant(v.get(0), 4, 1, 4, 4), new Convolution(1, 1, 1, 4)),
                NORMAL,
                s(1, 4, 5, 5)));
        cases.add(new Case(
                "transposed",
                v -> v.get(0).convolveTransposed(v.get(1), new TransposedConvolution(2, 0, 0, 1, 1)),
                NORMAL,
                s(1, 3, 4, 4),
                s(3, 2, 3, 3)));
        cases.add(new Case(
                "transposed with output padding",
                v -> v.get(0).convolveTransposed(v.get(1), new TransposedConvolution(2, 1, 1, 1, 1)),
                NORMAL,
                s(1, 3, 4, 4),
                s(3, 2, 3, 3)));
        cases.add(new Case("max pool", v -> v.get(0).maxPool(2), DISTINCT, s(1, 2, 4, 4)));
        cases.add(maxPool("overlapping", new PoolOp.MaxPool(3, 2, 0, false), 7, 9));
        cases.add(maxPool("that leaves a border out", new PoolOp.MaxPool(3, 2, 0, false), 8, 6));
        cases.add(maxPool("with a last window over the edge", new PoolOp.MaxPool(3, 2, 0, true), 6, 7));
        cases.add(maxPool("padded", new PoolOp.MaxPool(3, 2, 1, false), 6, 5));
        cases.add(maxPool("padded, stride 1", new PoolOp.MaxPool(3, 1, 1, false), 4, 5));
        cases.add(maxPool("with gaps", new PoolOp.MaxPool(1, 2, 0, false), 5, 6));
        cases.add(new Case("block mean", v -> v.get(0).blockMean(2), NORMAL, s(1, 2, 4, 6)));
        cases.add(new Case("nearest upsample", v -> v.get(0).nearestUpsample(3), NORMAL, s(1, 2, 2, 1)));
        cases.add(new Case("bilinear", v -> v.get(0).bilinear(5, 3, false), NORMAL, s(1, 2, 2, 4)));
        cases.add(new Case("bilinear, corners", v -> v.get(0).bilinear(5, 7, true), NORMAL, s(1, 2, 3, 4)));
        return cases;
    }

    private static Case maxPool(String name, PoolOp.MaxPool pool, int height, int width) {
        return new Case("max pool " + name, v -> v.get(0).maxPool(pool), DISTINCT, s(2, 3, height, width));
    }

    private static Value constant(Value like, int... sizes) {
        return like.graph().constant("weight", Seeded.normal(new java.util.SplittableRandom(7), sizes));
    }

    @TestFactory
    Stream<DynamicTest> rulesAgreeWithCentralDifferences() {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> Seeded.forAll(2, random -> check(c, random))));
    }

    @Test
    void everyRuleHasACase() {
        Set<Object> visited = new HashSet<>();
        for (Case c : cases()) {
            Graph graph = new Graph();
            Value result = c.function().apply(inputs(graph, c));
            Gradients.of(result, new ArrayList<>(graph.inputs().values()));
            for (int id = 0; id < graph.size(); id++) {
                Op op = graph.node(id).op();
                visited.add(op instanceof Enum<?> ? op : op.getClass());
            }
        }
        Set<Object> missed = new HashSet<>(GradientRules.keys());
        missed.removeAll(visited);
        assertEquals(Set.of(), missed, "rules without a case");
    }

    @Test
    void gradientsOfGradientsAreRight() {
        Graph graph = new Graph();
        Value x = graph.input("x", 3);
        Value first = Gradients.of(x.power(3).sum(), List.of(x)).get(0);
        Value second = Gradients.of(first, List.of(x)).get(0);
        try (Program program = Program.compile(graph, Map.of("second", second), RuntimeOptions.withThreads(1))) {
            Tensor result = program.run(Map.of("x", Tensor.of(Shape.of(3), 1f, 2f, 0.5f)))
                    .get("second");
            assertEquals(Tensor.of(Shape.of(3), 6f, 12f, 3f), result);
        }
    }

    @Test
    void aReturningClipKeepsTheGradientThatLeadsBack() {
        Graph graph = new Graph();
        Value x = graph.input("x", 5);
        Value upstream = graph.input("upstream", 5);
        Value gradient = Gradients.of(x.returningClip(-1, 1).multiply(upstream), List.of(x))
                .get(0);
        try (Program program = Program.compile(graph, Map.of("g", gradient), RuntimeOptions.withThreads(1))) {
            Tensor result = program.run(Map.of(
                            "x", Tensor.of(Shape.of(5), 0.5f, 2f, 2f, -2f, -2f),
                            "upstream", Tensor.of(Shape.of(5), 3f, 3f, -3f, 3f, -3f)))
                    .get("g");
            assertArrayEquals(new float[] {3, 3, 0, 0, -3}, result.toFloats(), 0);
        }
    }

    @Test
    void detachStopsTheGradient() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        Value gradient = Gradients.of(x.multiply(x.detach()), List.of(x)).get(0);
        try (Program program = Program.compile(graph, Map.of("g", gradient), RuntimeOptions.withThreads(1))) {
            Tensor point = Tensor.of(Shape.of(2), 3f, -2f);
            assertEquals(point, program.run(Map.of("x", point)).get("g"));
        }
    }

    @Test
    void equalMaximaShareTheGradient() {
        assertEquals(
                Tensor.filled(Shape.of(1, 1, 2, 2), 0.25f),
                gradientInAFlatImage(2, new PoolOp.MaxPool(2, 2, 0, false)));
    }

    @Test
    void equalMaximaShareTheGradientOfOverlappingWindows() {
        // Each of the four windows holds four pixels of the image; padding never counts.
        assertEquals(
                Tensor.of(Shape.of(1, 1, 3, 3), .25f, .5f, .25f, .5f, 1, .5f, .25f, .5f, .25f),
                gradientInAFlatImage(3, new PoolOp.MaxPool(3, 2, 1, false)));
    }

    /** Zero, as padding is: the hardest value. */
    private static Tensor gradientInAFlatImage(int side, PoolOp.MaxPool pool) {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, 1, side, side);
        Value gradient = Gradients.of(x.maxPool(pool), List.of(x)).get(0);
        try (Program program = Program.compile(graph, Map.of("g", gradient), RuntimeOptions.withThreads(1))) {
            return program.run(Map.of("x", Tensor.zeros(x.shape()))).get("g");
        }
    }

    @Test
    void aMissingRuleNamesTheOperatorAndThePath() {
        Graph graph = new Graph();
        Value x = graph.input("x", 5);
        Value loss = graph.apply(BinaryOp.POWER, x.like(2), x.multiply(2)).sum();
        MissingGradientException missing =
                assertThrows(MissingGradientException.class, () -> Gradients.of(loss, List.of(x)));
        assertTrue(missing.getMessage().contains("Pow"), missing.getMessage());
        assertTrue(missing.getMessage().contains("path from the loss: ReduceSum[0] <- Pow"), missing.getMessage());
    }

    private static List<Value> inputs(Graph graph, Case c) {
        List<Value> inputs = new ArrayList<>();
        for (int i = 0; i < c.shapes().length; i++) {
            inputs.add(graph.input("x" + i, c.shapes()[i]));
        }
        return inputs;
    }

    private static void check(Case c, RandomGenerator random) {
        Graph graph = new Graph();
        List<Value> inputs = inputs(graph, c);
        Value result = c.function().apply(inputs);
        Value upstream =
                graph.constant("upstream", Seeded.normal(random, result.shape().toArray()));
        Value scalar = result.multiply(upstream).cast(ElementType.FLOAT64).sum();
        List<Value> gradients = Gradients.of(scalar, inputs);
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("scalar", scalar);
        for (int i = 0; i < gradients.size(); i++) {
            outputs.put("gradient" + i, gradients.get(i));
        }
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.withThreads(1))) {
            Map<String, Tensor> point = new LinkedHashMap<>();
            Map<String, Tensor> directions = new LinkedHashMap<>();
            for (int i = 0; i < inputs.size(); i++) {
                point.put("x" + i, c.draw().of(random, c.shapes()[i]));
                directions.put("x" + i, Seeded.uniform(random, -1, 1, c.shapes()[i]));
            }
            float h = 0x1p-7f;
            double plus = scalar(program, moved(point, directions, h));
            double minus = scalar(program, moved(point, directions, -h));
            double expected = (plus - minus) / (2 * h);
            Map<String, Tensor> results = program.run(restricted(program, point));
            double actual = 0;
            double scale = 1;
            for (int i = 0; i < inputs.size(); i++) {
                float[] gradient = results.get("gradient" + i).toFloats();
                float[] direction = directions.get("x" + i).toFloats();
                for (int k = 0; k < gradient.length; k++) {
                    actual += (double) gradient[k] * direction[k];
                    scale += Math.abs((double) gradient[k] * direction[k]);
                }
            }
            assertEquals(expected, actual, 2e-3 * scale, c.name());
        }
    }

    private static double scalar(Program program, Map<String, Tensor> point) {
        return program.run(restricted(program, point)).get("scalar").toDoubles()[0];
    }

    /** A zero gradient may leave an input unused. */
    private static Map<String, Tensor> restricted(Program program, Map<String, Tensor> point) {
        Map<String, Tensor> used = new LinkedHashMap<>(point);
        used.keySet().retainAll(program.inputs().keySet());
        return used;
    }

    private static Map<String, Tensor> moved(Map<String, Tensor> point, Map<String, Tensor> directions, float h) {
        Map<String, Tensor> moved = new LinkedHashMap<>();
        point.forEach((name, tensor) -> {
            float[] values = tensor.toFloats();
            float[] direction = directions.get(name).toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i] += h * direction[i];
            }
            moved.put(name, Tensor.of(tensor.shape(), values));
        });
        return moved;
    }
}
