package org.saminversion.graph;

import java.util.Optional;

/**
 * Fewer passes over large values: factors that are much smaller are multiplied with each other first, and what was expanded is
 * taken as it was before wherever it broadcasts by itself.
 */
final class JoinedFactors implements GraphRewrite.Rule {
    /** How many times smaller a factor must be. */
    private static final long SMALLER = 8;

    /** Above, as in {@link KinkMasks}, a factor is no number to compute with: its products overflow. */
    private static final double FACTOR_MAX = 1e18;

    /** A value as a product: {@code large} times {@code small}. */
    private record Product(Value large, Value small) {}

    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        if (!(node.op() instanceof BinaryOp op) || !isFloat(node.type())) {
            return Optional.empty();
        }
        Value a = unexpanded(rewrite.at(node.inputs().get(0)));
        Value b = unexpanded(rewrite.at(node.inputs().get(1)));
        Value result = op == BinaryOp.ADD && a.equals(b)
                ? joined(BinaryOp.MULTIPLY, a, a.like(2))
                : op == BinaryOp.MULTIPLY && isSmallFor(a, b) ? joined(op, b, a) : joined(op, a, b);
        return Optional.of(result.expand(node.type().shape()));
    }

    private static boolean isFloat(ValueType type) {
        return type.element() == ElementType.FLOAT32 || type.element() == ElementType.FLOAT64;
    }

    private static Value unexpanded(Value value) {
        return value.node().op() instanceof ShapeOp.Expand
                ? unexpanded(value.arguments().get(0))
                : value;
    }

    private static Value joined(BinaryOp op, Value a, Value b) {
        if ((op == BinaryOp.MULTIPLY || op == BinaryOp.DIVIDE) && isSmallFor(b, a)) {
            Optional<Product> product = product(a);
            if (product.isPresent()) {
                Value factor = a.graph().apply(op, product.get().small(), b);
                if (isSmallFor(factor, a)) {
                    return product.get().large().multiply(factor);
                }
            }
        }
        return a.graph().apply(op, a, b);
    }

    private static Optional<Product> product(Value x) {
        if (x.node().op() == BinaryOp.MULTIPLY) {
            Value a = x.arguments().get(0);
            Value b = x.arguments().get(1);
            if (a.shape().equals(x.shape()) && isSmallFor(b, a)) {
                return Optional.of(new Product(a, b));
            }
            if (b.shape().equals(x.shape()) && isSmallFor(a, b)) {
                return Optional.of(new Product(b, a));
            }
        }
        if (x.node().op() == BinaryOp.DIVIDE) {
            Value a = x.arguments().get(0);
            Value b = x.arguments().get(1);
            if (a.shape().equals(x.shape()) && isSmallFor(b, a)) {
                return Optional.of(new Product(a, b.apply(UnaryOp.Function.RECIPROCAL)));
            }
        }
        return Optional.empty();
    }

    private static boolean isSmallFor(Value factor, Value large) {
        return factor.shape().elements() * SMALLER <= large.shape().elements()
                && factor.shape().broadcast(large.shape()).equals(large.shape())
                && factor.constantTensor().map(JoinedFactors::isModerate).orElse(true);
    }

    private static boolean isModerate(Tensor factor) {
        for (double number : factor.toDoubles()) {
            if (Math.abs(number) > FACTOR_MAX) {
                return false;
            }
        }
        return true;
    }
}
