package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is read into a graph computes what ONNX Runtime computes from the file itself, and has its gradient. */
class ForeignGraphTest {
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);
    private static final String RESULT = "result";
    private static final int WIDTH = 8;

    /** Adds nodes after the input {@code x}; gives back the name of the last value. */
    private interface Network extends Function<ForeignFile, String> {}

    private record Case(String name, int[] shape, Network network) {}

    private static List<Case> cases() {
        int[] picture = {1, 4, 6, 6};
        int[] sequence = {1, 5, 6};
        return List.of(
                new Case("elementwise", sequence, f -> {
                    String x = f.node("Tanh", f.node("Mul", "x", numbers(f, "a", 6)));
                    x = f.node("Sub", f.node("Exp", x), f.node("Erf", "x"));
                    return f.node("Div", x, f.node("Add", f.node("Abs", x), number(f, "one", 1)));
                }),
                new Case("bounds", sequence, f -> {
                    String x = f.node("Clip", "x", number(f, "low", -0.5f), number(f, "high", 1));
                    x = f.node("LeakyRelu", Map.of("alpha", 0.3f), x);
                    return f.node("Min", f.node("Max", x, numbers(f, "floor", 6)), number(f, "top", 0.9f));
                }),
                new Case(
                        "fully connected",
                        new int[] {3, 6},
                        f -> f.node(
                                "Gemm",
                                Map.of("transB", 1, "alpha", 0.5f, "beta", 2f),
                                "x",
                                numbers(f, "w", 4, 6),
                                numbers(f, "b", 4))),
                new Case("convolutions", picture, f -> {
                    Map<String, Object> strided =
                            Map.of("strides", List.of(2, 2), "pads", List.of(0, 1, 1, 2), "group", 2);
                    String x = f.node("Conv", strided, "x", numbers(f, "w", 6, 2, 3, 3), numbers(f, "b", 6));
                    x = f.node("Relu", x);
                    Map<String, Object> dilated = Map.of("dilations", List.of(2, 2), "pads", List.of(2, 2, 2, 2));
                    return f.node("Conv", dilated, x, numbers(f, "w2", 3, 6, 3, 3));
                }),
                new Case(
                        "batch normalisation",
                        picture,
                        f -> f.node(
                                "BatchNormalization",
                                f.node("Sigmoid", "x"),
                                numbers(f, "s", 4),
                                numbers(f, "b", 4),
                                numbers(f, "m", 4),
                                positive(f, "v", 4))),
                new Case(
                        "layer normalisation",
                        sequence,
                        f -> f.node(
                                "LayerNormalization",
                                Map.of("axis", -1, "epsilon", 1e-3f),
                                "x",
                                numbers(f, "s", 6),
                                numbers(f, "b", 6))),
                new Case("pooling", picture, f -> {
                    Map<String, Object> maximum = Map.of(
                            "kernel_shape", List.of(3, 3), "strides", List.of(1, 1), "pads", List.of(1, 1, 1, 1));
                    Map<String, Object> mean = Map.of("kernel_shape", List.of(2, 2), "strides", List.of(2, 2));
                    return f.node("GlobalAveragePool", f.node("AveragePool", mean, f.node("MaxPool", maximum, "x")));
                }),
                new Case("reductions", picture, f -> {
                    String spread = f.node("ReduceL2", Map.of("axes", List.of(1), "keepdims", 1), "x");
                    String mean = f.node(
                            "ReduceMean", Map.of("axes", List.of(-1, 2), "keepdims", 0), f.node("Div", "x", spread));
                    String sum = f.node("ReduceSum", Map.of("keepdims", 0), mean, integers(f, "last", 1));
                    return f.node("Add", sum, f.node("ReduceMax", Map.of("keepdims", 0, "axes", List.of(0, 1)), mean));
                }),
                new Case("shapes", picture, f -> {
                    String x = f.node("Transpose", Map.of("perm", List.of(0, 2, 3, 1)), "x");
                    x = f.node("Unsqueeze", f.node("Flatten", Map.of("axis", 2), x), integers(f, "axes", 0));
                    String part =
                            f.node("Slice", x, integers(f, "from", 1), integers(f, "to", -1), integers(f, "axis", 2));
                    String picked =
                            f.node("Gather", Map.of("axis", 1), f.node("Squeeze", x), integers(f, "places", 3, -1, 0));
                    String one = f.node("Gather", Map.of("axis", 1), f.node("Squeeze", part), scalar(f, "place", 2));
                    String row = f.node("Flatten", Map.of("axis", 0), one);
                    return f.node("Concat", Map.of("axis", 1), f.node("Flatten", Map.of("axis", 0), picked), row);
                }),
                new Case("gelu", sequence, f -> {
                    String inner = f.node(
                            "Add",
                            f.node("Erf", f.node("Div", "x", number(f, "root", (float) Math.sqrt(2)))),
                            number(f, "one", 1));
                    return f.node("Mul", f.node("Mul", "x", inner), number(f, "half", 0.5f));
                }),
                new Case("vision transformer", new int[] {1, 3, 16, 16}, ForeignGraphTest::transformer));
    }

    /** One block, written as exporters do: with sizes that are computed from the input's. */
    private static String transformer(ForeignFile f) {
        String patches = f.node("Conv", Map.of("strides", List.of(8, 8)), "x", numbers(f, "patch", WIDTH, 3, 8, 8));
        String batch = f.node("Gather", Map.of("axis", 0), f.node("Shape", patches), scalar(f, "zero", 0));
        String batchOfOne = f.node("Unsqueeze", batch, integers(f, "front", 0));
        String flat = f.node("Concat", Map.of("axis", 0), batchOfOne, integers(f, "flat", WIDTH, -1));
        String tokens = f.node("Transpose", Map.of("perm", List.of(0, 2, 1)), f.node("Reshape", patches, flat));
        String wide = f.node("Concat", Map.of("axis", 0), batchOfOne, integers(f, "token", 1, WIDTH));
        String first = f.node("Expand", numbers(f, "class", 1, 1, WIDTH), wide);
        String x = f.node("Add", f.node("Concat", Map.of("axis", 1), first, tokens), numbers(f, "position", 5, WIDTH));
        x = f.node("Add", x, attention(f, normalised(f, "1", x), batchOfOne));
        String hidden = f.node("MatMul", normalised(f, "2", x), numbers(f, "up", WIDTH, 16));
        String gate = f.node("Sigmoid", f.node("Mul", hidden, number(f, "quick", 1.702f)));
        x = f.node("Add", x, f.node("MatMul", f.node("Mul", hidden, gate), numbers(f, "down", 16, WIDTH)));
        String pooled = f.node("Gather", Map.of("axis", 1), x, scalar(f, "first", 0));
        return f.node("MatMul", pooled, numbers(f, "projection", WIDTH, 6));
    }

    private static String normalised(ForeignFile f, String number, String x) {
        Map<String, Object> last = Map.of("axes", List.of(-1));
        String centred = f.node("Sub", x, f.node("ReduceMean", last, x));
        String variance = f.node("ReduceMean", last, f.node("Pow", centred, number(f, "two" + number, 2)));
        String deviation = f.node("Sqrt", f.node("Add", variance, number(f, "epsilon" + number, 1e-5f)));
        String unit = f.node("Div", centred, deviation);
        return f.node(
                "Add", f.node("Mul", unit, numbers(f, "scale" + number, WIDTH)), numbers(f, "shift" + number, WIDTH));
    }

    private static String attention(ForeignFile f, String x, String batch) {
        String all =
                f.node("Add", f.node("MatMul", x, numbers(f, "qkv", WIDTH, 3 * WIDTH)), numbers(f, "bias", 3 * WIDTH));
        f.node("Split", Map.of("axis", 2), List.of("q", "k", "v"), all);
        String heads = f.node("Concat", Map.of("axis", 0), batch, integers(f, "heads", 5, 2, WIDTH / 2));
        String q = f.node("Transpose", Map.of("perm", List.of(0, 2, 1, 3)), f.node("Reshape", "q", heads));
        String k = f.node("Transpose", Map.of("perm", List.of(0, 2, 3, 1)), f.node("Reshape", "k", heads));
        String v = f.node("Transpose", Map.of("perm", List.of(0, 2, 1, 3)), f.node("Reshape", "v", heads));
        String scores = f.node("Mul", f.node("MatMul", q, k), number(f, "scale", 0.5f));
        String mixed = f.node("MatMul", f.node("Softmax", Map.of("axis", -1), scores), v);
        String joined = f.node("Concat", Map.of("axis", 0), batch, integers(f, "joined", 5, WIDTH));
        String out = f.node("Reshape", f.node("Transpose", Map.of("perm", List.of(0, 2, 1, 3)), mixed), joined);
        return f.node("MatMul", out, numbers(f, "out", WIDTH, WIDTH));
    }

    @TestFactory
    Stream<DynamicTest> aGraphComputesWhatTheFileSays() {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
    }

    private static void check(Case c) {
        byte[] file = file(c);
        Tensor x = Seeded.normal(new SplittableRandom(5), c.shape());
        Graph graph = new Graph();
        Value input = graph.input("x", c.shape());
        Value result = ForeignGraph.apply(file, input, RESULT);
        Value upstream = graph.constant(
                "upstream",
                Seeded.normal(new SplittableRandom(6), result.shape().toArray()));
        Value gradient = Gradients.of(result.multiply(upstream), List.of(input)).get(0);
        Map<String, Value> outputs = Map.of("result", result, "gradient", gradient);
        try (ForeignModel model = ForeignModel.parse(file, ONE_THREAD);
                Program program = Program.compile(graph, outputs, ONE_THREAD)) {
            Tensor expected = model.run(x);
            Map<String, Tensor> actual = program.run(Map.of("x", x));
            assertEquals(expected.shape(), actual.get("result").shape());
            assertArrayEquals(expected.toFloats(), actual.get("result").toFloats(), 1e-4f);
            Tensor direction = Seeded.normal(new SplittableRandom(8), c.shape());
            double step = 2e-3;
            double[] weights = upstream.constantTensor().orElseThrow().toDoubles();
            double difference = product(model.run(moved(x, direction, step)).toDoubles(), weights)
                    - product(model.run(moved(x, direction, -step)).toDoubles(), weights);
            double along = product(actual.get("gradient").toDoubles(), direction.toDoubles());
            assertEquals(difference / (2 * step), along, 0.02 * Math.max(1, Math.abs(along)));
        }
    }

    @Test
    void whatIsNotKnownIsListed() {
        ForeignFile file = new ForeignFile().input("x", DataType.FLOAT, 2).output(RESULT, DataType.FLOAT, 2);
        file.node("Identity", Map.of(), List.of(RESULT), file.node("Softsign", file.node("Elu", "x")));
        ProgramException refused = assertThrows(ProgramException.class, () -> apply(file.bytes(), 2, 3));
        assertTrue(refused.getMessage().contains("operators Elu, Softsign"), refused.getMessage());
        assertThrows(ProgramException.class, () -> apply(new byte[] {1, 2, 3}, 2, 3));
    }

    @Test
    void anInputThatDoesNotFitIsRefused() {
        byte[] file = file(cases().get(2));
        assertThrows(ProgramException.class, () -> apply(file, 3, 7));
    }

    private static Value apply(byte[] file, int... sizes) {
        return ForeignGraph.apply(file, new Graph().input("x", sizes), RESULT);
    }

    private static byte[] file(Case c) {
        ForeignFile file = new ForeignFile().input("x", DataType.FLOAT, c.shape().length);
        String last = c.network().apply(file);
        file.node("Identity", Map.of(), List.of(RESULT), last);
        // The rank of the result is not said: many exporters leave it open.
        return file.output(RESULT, DataType.FLOAT, 0).bytes();
    }

    private static Tensor moved(Tensor x, Tensor direction, double step) {
        float[] values = x.toFloats();
        float[] along = direction.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (step * along[i]);
        }
        return Tensor.of(x.shape(), values);
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static String numbers(ForeignFile file, String name, int... sizes) {
        double width = Math.sqrt(sizes.length > 1 ? Shape.of(sizes).elements() / sizes[0] : 1);
        float[] values =
                Seeded.normal(new SplittableRandom(name.hashCode()), sizes).toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] /= (float) width;
        }
        return file.constant(name, Tensor.of(Shape.of(sizes), values));
    }

    private static String positive(ForeignFile file, String name, int size) {
        return file.constant(name, Seeded.uniform(new SplittableRandom(3), 0.5, 2, size));
    }

    private static String number(ForeignFile file, String name, float value) {
        return file.constant(name, Tensor.scalar(value));
    }

    private static String integers(ForeignFile file, String name, long... values) {
        return file.constant(name, Tensor.of(Shape.of(values.length), values));
    }

    private static String scalar(ForeignFile file, String name, long value) {
        return file.constant(name, Tensor.of(Shape.SCALAR, value));
    }
}
