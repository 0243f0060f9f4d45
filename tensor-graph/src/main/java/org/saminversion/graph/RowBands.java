package org.saminversion.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images [N,C,H,W] in bands of rows. What is done with each element of a large value is done band by band, next to the operator that
 * makes or takes the bands, while they are in the processor's cache: as long as nothing else needs the value in between, it never
 * exists as a whole.
 */
final class RowBands implements GraphRewrite.Rule {
    private static final int RANK = 4;
    private static final int ROWS = 2;

    private final Map<Value, List<Value>> bands = new HashMap<>();

    /** The whole of these bands from top to bottom, at least one. */
    Value joined(List<Value> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Value whole = Value.concatenate(ROWS, parts.toArray(Value[]::new));
        bands.put(whole, parts);
        return whole;
    }

    /** Rows of what a node of the old graph has become, computed from rows of its inputs where it is not needed as a whole. */
    Value rows(GraphRewrite rewrite, int id, int start, int end) {
        Node node = rewrite.old(id);
        Value whole = rewrite.at(id);
        int height = node.type().shape().size(ROWS);
        if (start == 0 && end == height) {
            return whole;
        }
        if (!isElementWise(node) || rewrite.uses(id) > 1) {
            return whole.slice(ROWS, start, end);
        }
        List<Value> arguments = new ArrayList<>();
        for (int input : node.inputs()) {
            Shape shape = rewrite.old(input).type().shape();
            arguments.add(
                    shape.rank() == RANK && shape.size(ROWS) == height
                            ? rows(rewrite, input, start, end)
                            : rewrite.at(input));
        }
        return rewrite.graph().apply(node.op(), arguments.toArray(Value[]::new));
    }

    /**
     * Applies an operator to each band of an input. Later users take the whole: they may be far away, and would keep the bands
     * until then.
     */
    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        if (isSumOverPixels(node)) {
            return sumOfProducts(rewrite.old(node.inputs().get(0)), rewrite);
        }
        if (!isElementWise(node)) {
            return Optional.empty();
        }
        for (int input : node.inputs()) {
            List<Value> parts = bands.get(rewrite.at(input));
            if (parts != null
                    && rewrite.firstUser(input) == node.id()
                    && rewrite.old(input).type().shape().equals(node.type().shape())) {
                return Optional.of(ofBands(node, input, parts, rewrite));
            }
        }
        return Optional.empty();
    }

    /** The sums over the pixels of a product of two images, of which one is made in bands: they then need not exist as a whole. */
    private Optional<Value> sumOfProducts(Node product, GraphRewrite rewrite) {
        if (product.op() != BinaryOp.MULTIPLY || rewrite.uses(product.id()) > 1) {
            return Optional.empty();
        }
        for (int factor = 0; factor < 2; factor++) {
            int banded = product.inputs().get(factor);
            int other = product.inputs().get(1 - factor);
            List<Value> parts = bands.get(rewrite.at(banded));
            if (parts != null
                    && rewrite.old(banded).type().equals(product.type())
                    && rewrite.old(other).type().equals(product.type())) {
                Value sum = null;
                int start = 0;
                for (Value part : parts) {
                    int end = start + part.shape().size(ROWS);
                    Value ofBand =
                            part.multiply(rows(rewrite, other, start, end)).sum(ROWS, ROWS + 1);
                    sum = sum == null ? ofBand : sum.add(ofBand);
                    start = end;
                }
                return Optional.of(sum);
            }
        }
        return Optional.empty();
    }

    static boolean isSumOverPixels(Node node) {
        return node.op() instanceof ReduceOp op
                && op.kind() == ReduceOp.Kind.SUM
                && op.axes().equals(List.of(ROWS, ROWS + 1));
    }

    private Value ofBands(Node node, int banded, List<Value> parts, GraphRewrite rewrite) {
        List<Value> results = new ArrayList<>();
        int start = 0;
        for (Value part : parts) {
            int end = start + part.shape().size(ROWS);
            List<Value> arguments = new ArrayList<>();
            for (int input : node.inputs()) {
                Shape shape = rewrite.old(input).type().shape();
                boolean hasRows = shape.rank() == RANK
                        && shape.size(ROWS) == node.type().shape().size(ROWS);
                arguments.add(input == banded ? part : hasRows ? rows(rewrite, input, start, end) : rewrite.at(input));
            }
            results.add(rewrite.graph().apply(node.op(), arguments.toArray(Value[]::new)));
            start = end;
        }
        return joined(results);
    }

    /** Inputs of a lower rank could have rows as well; none of our graphs has such. */
    private static boolean isElementWise(Node node) {
        Shape shape = node.type().shape();
        return (node.op() instanceof UnaryOp || node.op() instanceof BinaryOp)
                && shape.rank() == RANK
                && shape.size(ROWS) > 1;
    }
}
