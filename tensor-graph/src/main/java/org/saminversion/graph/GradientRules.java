package org.saminversion.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.ConvolutionOp.Convolution;
import org.saminversion.graph.ConvolutionOp.TransposedConvolution;
import org.saminversion.graph.MiscellaneousOp.MatrixProduct;
import org.saminversion.graph.MiscellaneousOp.Softmax;
import org.saminversion.graph.MiscellaneousOp.Where;
import org.saminversion.graph.PoolOp.BlockMean;
import org.saminversion.graph.PoolOp.MaxPool;
import org.saminversion.graph.PoolOp.NearestUpsample;
import org.saminversion.graph.UnaryOp.Cast;
import org.saminversion.graph.UnaryOp.Clip;
import org.saminversion.graph.UnaryOp.Function;
import org.saminversion.graph.UnaryOp.LeakyRelu;
import org.saminversion.graph.UnaryOp.ReturningClip;

/**
 * The table of derivatives: for each operator a pure function that builds the gradient for one argument out of differentiable
 * operators, or the declaration that it is zero.
 *
 * <p>Choices at kinks: relu and leaky relu take the lower slope at 0, clip passes the gradient on its bounds, a maximum shares
 * it equally among equal elements, minimum and maximum of two give it to the first.
 */
final class GradientRules {
    /** The gradient for argument number {@code argument} of {@code y}, given that for {@code y}; empty means zero. */
    @FunctionalInterface
    private interface Rule<O extends Op> {
        Optional<Value> gradient(O op, Value y, int argument, Value upstream);
    }

    private static final Map<Object, Rule<?>> TABLE = new HashMap<>();

    static {
        unary(Function.NEGATE, (y, x, g) -> g.negate());
        unary(Function.EXPONENTIAL, (y, x, g) -> g.multiply(y));
        unary(Function.LOGARITHM, (y, x, g) -> g.divide(x));
        unary(Function.SQUARE_ROOT, (y, x, g) -> g.multiply(0.5).divide(y));
        unary(Function.RECIPROCAL, (y, x, g) -> g.multiply(y.square()).negate());
        unary(Function.ABSOLUTE, (y, x, g) -> g.multiply(x.apply(Function.SIGN)));
        unary(Function.RELU, (y, x, g) -> g.multiply(KinkMasks.slopes(y, 0)));
        unary(Function.SIGMOID, (y, x, g) -> g.multiply(y.subtract(y.square())));
        unary(Function.TANH, (y, x, g) -> g.multiply(y.like(1).subtract(y.square())));
        unary(Function.COSINE, (y, x, g) -> g.multiply(x.apply(Function.SINE)).negate());
        unary(Function.SINE, (y, x, g) -> g.multiply(x.cosine()));
        unary(
                Function.ERROR_FUNCTION,
                (y, x, g) -> g.multiply(x.square().negate().exponential()).multiply(2 / Math.sqrt(Math.PI)));
        zero(Function.SIGN);
        zero(Function.DETACH);
        rule(LeakyRelu.class, (op, y, i, g) -> Optional.of(g.multiply(KinkMasks.slopes(y, op.slope()))));
        rule(Clip.class, (op, y, i, g) -> Optional.of(g.multiply(KinkMasks.equal(y, argument(y, 0)))));
        rule(
                Cast.class,
                (op, y, i, g) -> isFloat(argument(y, 0)) && isFloat(y)
                        ? Optional.of(g.cast(argument(y, 0).type().element()))
                        : Optional.empty());

        rule(ReturningClip.class, (op, y, i, g) -> Optional.of(g.multiply(KinkMasks.returning(argument(y, 0), y, g))));

        binary(BinaryOp.ADD, (a, b, i, g) -> g);
        binary(BinaryOp.SUBTRACT, (a, b, i, g) -> i == 0 ? g : g.negate());
        binary(BinaryOp.MULTIPLY, (a, b, i, g) -> g.multiply(i == 0 ? b : a));
        binary(
                BinaryOp.DIVIDE,
                (a, b, i, g) ->
                        i == 0 ? g.divide(b) : g.multiply(a).divide(b.square()).negate());
        binary(BinaryOp.MAXIMUM, (a, b, i, g) -> chosen(b.greater(a), i == 1, g));
        binary(BinaryOp.MINIMUM, (a, b, i, g) -> chosen(b.less(a), i == 1, g));
        rule(BinaryOp.POWER, (op, y, i, g) -> {
            if (i == 1) {
                throw new MissingGradientException("Pow has no gradient for its exponent");
            }
            Value x = argument(y, 0);
            Value exponent = argument(y, 1);
            Value lower = x.graph().apply(BinaryOp.POWER, x, exponent.subtract(exponent.like(1)));
            return Optional.of(g.multiply(exponent).multiply(lower));
        });
        for (CompareOp comparison : CompareOp.values()) {
            zero(comparison);
        }
        rule(Where.class, (op, y, i, g) -> i == 0 ? Optional.empty() : Optional.of(chosen(argument(y, 0), i == 1, g)));

        rule(
                ShapeOp.Reshape.class,
                (op, y, i, g) -> Optional.of(g.reshape(argument(y, 0).shape())));
        // Summing back over the expanded axes is the business of the loop in Gradients.
        rule(ShapeOp.Expand.class, (op, y, i, g) -> Optional.of(g));
        rule(ShapeOp.Transpose.class, (op, y, i, g) -> Optional.of(g.graph().apply(op.inverse(), g)));
        rule(ShapeOp.Slice.class, (op, y, i, g) -> {
            Shape whole = argument(y, 0).shape();
            List<Integer> before = new ArrayList<>(Collections.nCopies(whole.rank(), 0));
            List<Integer> after = new ArrayList<>(before);
            before.set(op.axis(), op.start());
            after.set(op.axis(), whole.size(op.axis()) - op.end());
            return Optional.of(g.graph().apply(new ShapeOp.Pad(List.copyOf(before), List.copyOf(after)), g));
        });
        rule(ShapeOp.Pad.class, (op, y, i, g) -> {
            Value inner = g;
            for (int axis = 0; axis < op.before().size(); axis++) {
                int start = op.before().get(axis);
                inner = inner.slice(axis, start, start + argument(y, 0).shape().size(axis));
            }
            return Optional.of(inner);
        });
        rule(ShapeOp.Concatenate.class, (op, y, i, g) -> {
            int start = y.arguments().subList(0, i).stream()
                    .mapToInt(part -> part.shape().size(op.axis()))
                    .sum();
            return Optional.of(
                    g.slice(op.axis(), start, start + argument(y, i).shape().size(op.axis())));
        });
        rule(ShapeOp.DepthToSpace.class, (op, y, i, g) -> Optional.of(g.spaceToDepth(op.block())));
        rule(ShapeOp.SpaceToDepth.class, (op, y, i, g) -> Optional.of(g.depthToSpace(op.block())));

        rule(ReduceOp.class, (op, y, i, g) -> Optional.of(reduction(op, y, g)));
        rule(
                MatrixProduct.class,
                (op, y, i, g) -> Optional.of(
                        i == 0
                                ? g.matrixProduct(swapLast(argument(y, 1)))
                                : swapLast(argument(y, 0)).matrixProduct(g)));
        rule(Softmax.class, (op, y, i, g) -> {
            int axis = op.axis() < 0 ? op.axis() + y.shape().rank() : op.axis();
            return Optional.of(y.multiply(g.subtract(g.multiply(y).sum(axis))));
        });
        rule(Convolution.class, ConvolutionGradients::ofConvolution);
        rule(TransposedConvolution.class, ConvolutionGradients::ofTransposed);
        rule(MaxPool.class, (op, y, i, g) -> Optional.of(MaxPoolGradient.of(op, argument(y, 0), y, g)));
        rule(
                BlockMean.class,
                (op, y, i, g) ->
                        Optional.of(g.multiply(1.0 / (op.block() * op.block())).nearestUpsample(op.block())));
        rule(
                NearestUpsample.class,
                (op, y, i, g) -> Optional.of(g.blockMean(op.factor()).multiply(op.factor() * op.factor())));
    }

    private GradientRules() {}

    @SuppressWarnings("unchecked")
    static Optional<Value> gradient(Value y, int argument, Value upstream) {
        Op op = y.node().op();
        Rule<Op> rule = (Rule<Op>) TABLE.get(op instanceof Enum<?> ? op : op.getClass());
        if (rule == null) {
            throw new MissingGradientException(op.describe() + " has no gradient rule");
        }
        return rule.gradient(op, y, argument, upstream);
    }

    /** The keys of the table, for the test that visits every rule: operator classes, and constants of operator enums. */
    static java.util.Set<Object> keys() {
        return Collections.unmodifiableSet(TABLE.keySet());
    }

    private static <O extends Op> void rule(Class<O> type, Rule<O> rule) {
        TABLE.put(type, rule);
    }

    private static void rule(Op op, Rule<Op> rule) {
        TABLE.put(op, rule);
    }

    private static void zero(Op op) {
        rule(op, (o, y, i, g) -> Optional.empty());
    }

    private interface UnaryRule {
        Value gradient(Value y, Value x, Value upstream);
    }

    private static void unary(Function function, UnaryRule rule) {
        rule(function, (op, y, i, g) -> Optional.of(rule.gradient(y, argument(y, 0), g)));
    }

    private interface BinaryRule {
        Value gradient(Value a, Value b, int argument, Value upstream);
    }

    private static void binary(BinaryOp op, BinaryRule rule) {
        rule(op, (o, y, i, g) -> Optional.of(rule.gradient(argument(y, 0), argument(y, 1), i, g)));
    }

    private static Value argument(Value y, int i) {
        return y.arguments().get(i);
    }

    private static boolean isFloat(Value value) {
        return value.type().element() == ElementType.FLOAT32 || value.type().element() == ElementType.FLOAT64;
    }

    /** The gradient where the condition is as wanted, zero elsewhere. */
    private static Value chosen(Value condition, boolean wanted, Value g) {
        Value zero = g.like(0);
        return wanted ? condition.choose(g, zero) : condition.choose(zero, g);
    }

    private static Value reduction(ReduceOp op, Value y, Value g) {
        Value x = argument(y, 0);
        return switch (op.kind()) {
            case SUM -> g.expand(x.shape());
            case MEAN ->
                g.multiply((double) y.shape().elements() / x.shape().elements()).expand(x.shape());
            case MAXIMUM -> {
                Value mask = KinkMasks.equal(x, y);
                Integer[] axes = op.axes().toArray(Integer[]::new);
                yield mask.multiply(g.divide(mask.sum(axes)));
            }
        };
    }

    private static Value swapLast(Value matrix) {
        int rank = matrix.shape().rank();
        Integer[] order = new Integer[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = i;
        }
        order[rank - 1] = rank - 2;
        order[rank - 2] = rank - 1;
        return matrix.transpose(order);
    }
}
