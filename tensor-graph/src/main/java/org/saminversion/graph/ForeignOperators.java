package org.saminversion.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.saminversion.graph.UnaryOp.LeakyRelu;

/**
 * How operators of other people's ONNX graphs are said with ours: those that image encoders of the ResNet and ViT families are made
 * of. Every rule throws {@link IllegalArgumentException} for a variant that it does not know.
 */
final class ForeignOperators {
    private static final double QUICK_GELU = 1.702;

    private static final Map<String, Function<ForeignNode, List<Value>>> TABLE = new HashMap<>();

    static {
        for (UnaryOp.Function function : UnaryOp.Function.values()) {
            if (function != UnaryOp.Function.DETACH) {
                unary(function.onnx().type(), x -> x.apply(function));
            }
        }
        // Outside training, dropout does nothing.
        for (String identity : List.of("Identity", "Dropout")) {
            unary(identity, x -> x);
        }
        one("LeakyRelu", n -> n.graph().apply(new LeakyRelu(n.number("alpha", 0.01f)), n.value(0)));
        one("Clip", ForeignOperators::clip);
        one("Pow", n -> n.value(0).power(n.number(1)));
        one("Softmax", n -> n.value(0).softmax(n.integer("axis", -1)));
        one("Cast", n -> n.value(0).cast(element(n.integer("to", 0))));
        binary("Add", Value::add);
        binary("Sub", Value::subtract);
        binary("Mul", Value::multiply);
        binary("Div", Value::divide);
        binary("Max", Value::maximum);
        binary("Min", Value::minimum);
        binary("MatMul", Value::matrixProduct);
        one("Gelu", ForeignOperators::gelu);
        one("QuickGelu", n -> {
            Value x = n.value(0);
            return x.multiply(x.multiply(n.number("alpha", (float) QUICK_GELU)).sigmoid());
        });

        one("Gemm", ForeignLayers::gemm);
        one("Conv", ForeignLayers::convolution);
        one("BatchNormalization", ForeignLayers::batchNormalisation);
        one("LayerNormalization", ForeignLayers::layerNormalisation);
        one("MaxPool", ForeignLayers::maxPool);
        one("AveragePool", ForeignLayers::averagePool);
        one("GlobalAveragePool", n -> n.value(0).mean(2, 3));
        one("ReduceMean", n -> reduced(n, Value::mean));
        one("ReduceSum", n -> reduced(n, Value::sum));
        one("ReduceMax", n -> reduced(n, Value::maximumOver));
        one("ReduceL2", n -> reduced(n, (x, axes) -> x.square().sum(axes).squareRoot()));

        one("Reshape", n -> n.value(0).reshape(ForeignShapes.reshaped(n.value(0).shape(), n.integers(1))));
        one("Flatten", ForeignShapes::flattened);
        one("Unsqueeze", ForeignShapes::unsqueezed);
        one("Squeeze", ForeignShapes::squeezed);
        one("Transpose", ForeignShapes::transposed);
        one("Expand", n -> n.value(0).expand(n.value(0).shape().broadcast(Shape.of(n.integers(1)))));
        one("Concat", n -> {
            Value[] parts = IntStream.range(0, n.inputs()).mapToObj(n::value).toArray(Value[]::new);
            return Value.concatenate(n.axis(n.integer("axis", 0)), parts);
        });
        one("Slice", ForeignShapes::sliced);
        one("Gather", ForeignShapes::gathered);
        TABLE.put("Split", ForeignShapes::split);
    }

    private ForeignOperators() {}

    static boolean knows(String type) {
        return TABLE.containsKey(type);
    }

    /** The outputs of a node, as many as are computed. */
    static List<Value> apply(ForeignNode node) {
        return TABLE.get(node.type()).apply(node);
    }

    private static void one(String type, Function<ForeignNode, Value> rule) {
        TABLE.put(type, node -> List.of(rule.apply(node)));
    }

    private static void unary(String type, UnaryOperator<Value> rule) {
        one(type, node -> rule.apply(node.value(0)));
    }

    private static void binary(String type, BinaryOperator<Value> rule) {
        one(
                type,
                node -> IntStream.range(0, node.inputs())
                        .mapToObj(node::value)
                        .reduce(rule)
                        .orElseThrow());
    }

    private static ElementType element(int onnxCode) {
        return Arrays.stream(ElementType.values())
                .filter(type -> UnaryOp.Cast.onnxCode(type) == onnxCode)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it casts to the element type " + onnxCode));
    }

    private static Value clip(ForeignNode n) {
        return n.value(0)
                .clip(
                        n.has(1) ? n.number(1) : Float.NEGATIVE_INFINITY,
                        n.has(2) ? n.number(2) : Float.POSITIVE_INFINITY);
    }

    private static Value gelu(ForeignNode n) {
        Value x = n.value(0);
        if (n.text("approximate", "none").equals("tanh")) {
            Value inner = x.add(x.square().multiply(x).multiply(0.044715)).multiply(Math.sqrt(2 / Math.PI));
            return x.multiply(inner.tanh().add(1)).multiply(0.5);
        }
        return x.multiply(x.multiply(Math.sqrt(0.5)).errorFunction().add(1)).multiply(0.5);
    }

    private interface Reduction {
        Value over(Value x, Integer... axes);
    }

    private static Value reduced(ForeignNode n, Reduction reduction) {
        Value x = n.value(0);
        int[] axes = n.integers("axes", 1)
                .filter(some -> some.length > 0)
                .orElseGet(() -> IntStream.range(0, x.shape().rank()).toArray());
        Value result = reduction.over(
                x, Arrays.stream(axes).map(axis -> n.axis(axis)).boxed().toArray(Integer[]::new));
        return n.integer("keepdims", 1) == 1 ? result : ForeignShapes.without(result, n, axes);
    }
}
