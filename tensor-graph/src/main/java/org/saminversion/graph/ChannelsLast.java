package org.saminversion.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saminversion.graph.MiscellaneousOp.MatrixProduct;
import org.saminversion.graph.MiscellaneousOp.ProductWithTransposed;

/**
 * Keeps images in the order [N,H,W,C] between Winograd's convolutions, which take and make them so: what is done with them there
 * is done in that order too, instead of being transposed, which takes as long as four passes over them. A value in that order is
 * seen as [N,C,H,W] by a transposition of it, which is left out where nobody needs it.
 */
final class ChannelsLast implements GraphRewrite.Rule {
    private static final int RANK = 4;
    private static final int CHANNELS = 1;
    private static final List<Integer> PIXELS = List.of(2, 3);
    /** Where each axis of [N,C,H,W] lies in [N,H,W,C]. */
    private static final int[] AXIS = {0, 3, 1, 2};

    private static final ShapeOp.Transpose TO_LAST = new ShapeOp.Transpose(List.of(0, 2, 3, 1));
    private static final ShapeOp.Transpose FROM_LAST = TO_LAST.inverse();
    /** Of matrices in a stack, such as the pixels of images. */
    private static final ShapeOp.Transpose OF_MATRICES = new ShapeOp.Transpose(List.of(0, 2, 1));

    private final boolean[] leadsThere;

    /** @param written the graph that is rewritten @param wanted values of it that are needed */
    ChannelsLast(Graph written, Iterable<Value> wanted) {
        this.leadsThere = leadsThere(written, written.needed(wanted));
    }

    /** For each node, whether somebody takes it in that order, as it is or after other operators that this rule knows. */
    private static boolean[] leadsThere(Graph graph, boolean[] needed) {
        boolean[] leads = new boolean[graph.size()];
        for (int id = graph.size() - 1; id >= 0; id--) {
            Node node = graph.node(id);
            boolean takes = takes(node);
            boolean hands = leads[id] && hands(node, graph);
            for (int input : needed[id] && (takes || hands) ? node.inputs() : List.<Integer>of()) {
                leads[input] = true;
            }
        }
        return leads;
    }

    private static boolean takes(Node node) {
        return node.op().equals(TO_LAST)
                || RowBands.isSumOverPixels(node)
                || node.op() instanceof MatrixProduct && node.type().shape().rank() == RANK - 1;
    }

    private static boolean hands(Node node, Graph graph) {
        return isElementWise(node)
                || node.op() instanceof ShapeOp.Concatenate
                || node.op() instanceof ShapeOp.Slice
                || node.op() instanceof ShapeOp.Reshape
                        && keepsChannels(
                                graph.node(node.inputs().get(0)).type().shape(),
                                node.type().shape());
    }

    /** Pixels of an image as a list, or back. */
    private static boolean keepsChannels(Shape from, Shape to) {
        return Math.max(from.rank(), to.rank()) == RANK
                && from.rank() + to.rank() == 2 * RANK - 1
                && from.size(0) == to.size(0)
                && from.size(CHANNELS) == to.size(CHANNELS);
    }

    private static boolean isElementWise(Node node) {
        return (node.op() instanceof UnaryOp || node.op() instanceof BinaryOp)
                && node.type().shape().rank() == RANK;
    }

    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        List<Value> arguments = node.inputs().stream().map(rewrite::at).toList();
        Graph graph = rewrite.graph();
        Shape shape = node.type().shape();
        if (node.op() instanceof ShapeOp.Transpose transpose) {
            return behind(arguments.get(0), transpose.inverse());
        }
        if (isElementWise(node)) {
            return elementWise(node, arguments, graph);
        }
        if (node.op() instanceof ShapeOp.Concatenate op && shape.rank() == RANK) {
            List<Value> last =
                    arguments.stream().flatMap(part -> last(part).stream()).toList();
            return last.size() == arguments.size()
                    ? Optional.of(first(Value.concatenate(AXIS[op.axis()], last.toArray(Value[]::new))))
                    : Optional.empty();
        }
        if (node.op() instanceof ShapeOp.Slice op && shape.rank() == RANK) {
            return last(arguments.get(0)).map(x -> first(x.slice(AXIS[op.axis()], op.start(), op.end())));
        }
        if (node.op() instanceof ShapeOp.Reshape) {
            return reshaped(arguments.get(0), shape);
        }
        if (node.op() instanceof MatrixProduct && shape.rank() == RANK - 1) {
            return product(node, arguments.get(0), arguments.get(1));
        }
        if (RowBands.isSumOverPixels(node)) {
            return overPixels(arguments.get(0));
        }
        return Optional.empty();
    }

    /** What a value is the transposition of, by this order. */
    private static Optional<Value> behind(Value x, ShapeOp.Transpose order) {
        return x.node().op().equals(order) ? Optional.of(x.arguments().get(0)) : Optional.empty();
    }

    /** The value [N,C,H,W] as [N,H,W,C], where it is made so. */
    private static Optional<Value> last(Value x) {
        return behind(x, FROM_LAST);
    }

    /** The value [N,H,W,C] as [N,C,H,W]. */
    private static Value first(Value x) {
        return x.graph().apply(FROM_LAST, x);
    }

    private static Value transposed(Value x) {
        return behind(x, OF_MATRICES).orElseGet(() -> x.graph().apply(OF_MATRICES, x));
    }

    private Optional<Value> elementWise(Node node, List<Value> arguments, Graph graph) {
        Shape shape = node.type().shape();
        List<Value> large =
                arguments.stream().filter(x -> x.shape().equals(shape)).toList();
        boolean fits = arguments.stream()
                .allMatch(x -> x.shape().rank() == RANK || x.shape().rank() == 0);
        if (!fits || !leadsThere[node.id()] || large.stream().noneMatch(x -> last(x).isPresent())) {
            return Optional.empty();
        }
        Value[] last = arguments.stream().map(ChannelsLast::inOrder).toArray(Value[]::new);
        return Optional.of(first(graph.apply(node.op(), last)));
    }

    /** The value in that order. */
    private static Value inOrder(Value x) {
        Shape shape = x.shape();
        if (shape.rank() == 0) {
            return x;
        }
        if (shape.size(CHANNELS) == 1 || shape.size(2) * shape.size(3) == 1) {
            return x.reshape(shape.size(0), shape.size(2), shape.size(3), shape.size(CHANNELS));
        }
        return last(x).orElseGet(() -> x.graph().apply(TO_LAST, x));
    }

    private static Optional<Value> reshaped(Value x, Shape to) {
        if (!keepsChannels(x.shape(), to)) {
            return Optional.empty();
        }
        return to.rank() == RANK
                ? behind(x, OF_MATRICES)
                        .map(last -> first(last.reshape(to.size(0), to.size(2), to.size(3), to.size(CHANNELS))))
                : last(x).map(last -> transposed(last.reshape(to.size(0), to.size(2), to.size(CHANNELS))));
    }

    /** Products of matrices [N,C,P] of images' pixels, which may exist as [N,P,C]. */
    private Optional<Value> product(Node node, Value a, Value b) {
        Optional<Value> secondLast = behind(b, OF_MATRICES);
        boolean spreads = leadsThere[node.id()];
        boolean sums = behind(a, OF_MATRICES).isPresent()
                && a.shape().elements() > b.shape().elements();
        if (a.type().element() != ElementType.FLOAT32) {
            return Optional.empty();
        }
        if (a.shape().rank() == b.shape().rank() && (spreads || sums)) {
            return Optional.of(transposed(transposed(b).matrixProduct(transposed(a))));
        }
        return secondLast.map(last -> a.graph().apply(new ProductWithTransposed(), a, last));
    }

    /** Sums [N,C,1,1] of an image, band by band where it is made so. */
    private static Optional<Value> overPixels(Value x) {
        Shape shape = x.shape();
        if (x.node().op() instanceof ShapeOp.Concatenate op && PIXELS.contains(op.axis())) {
            return sumOfParts(x.arguments());
        }
        if (x.node().op() == BinaryOp.MULTIPLY
                && x.type().element() == ElementType.FLOAT32
                && x.arguments().stream().allMatch(factor -> factor.shape().equals(shape))) {
            return Optional.of(ofProducts(x.arguments().get(0), x.arguments().get(1)));
        }
        if (last(x).isEmpty() || x.type().element() != ElementType.FLOAT32) {
            return Optional.empty();
        }
        Value last = last(x).orElseThrow();
        if (last.node().op() instanceof ShapeOp.Concatenate op && op.axis() < RANK - 1 && op.axis() > 0) {
            return sumOfParts(last.arguments().stream().map(ChannelsLast::first).toList());
        }
        int pixels = shape.size(2) * shape.size(3);
        Value ones = x.graph().constant("ones", Tensor.filled(Shape.of(1, pixels), 1));
        return Optional.of(ones.matrixProduct(last.reshape(shape.size(0), pixels, shape.size(CHANNELS)))
                .reshape(shape.size(0), shape.size(CHANNELS), 1, 1));
    }

    private static Optional<Value> sumOfParts(List<Value> parts) {
        List<Value> sums = new ArrayList<>();
        for (Value part : parts) {
            sums.add(overPixels(part).orElseGet(() -> part.sum(2, 3)));
        }
        return sums.stream().reduce(Value::add);
    }

    /** A row times a column for each channel. */
    private static Value ofProducts(Value a, Value b) {
        Shape shape = a.shape();
        int channels = shape.size(0) * shape.size(CHANNELS);
        int pixels = shape.size(2) * shape.size(3);
        return a.graph()
                .apply(new ProductWithTransposed(), a.reshape(channels, 1, pixels), b.reshape(channels, 1, pixels))
                .reshape(shape.size(0), shape.size(CHANNELS), 1, 1);
    }
}
