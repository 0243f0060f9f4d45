package org.saminversion.graph;

import java.util.Optional;

/**
 * Adds small offsets to a large value one after the other: their sum, such as that of a bias for each channel and noise for each
 * pixel, would take as much memory as the value.
 */
final class ApartOffsets implements GraphRewrite.Rule {
    private static final int ELEMENTS_MIN = 1 << 20;
    /** How many times smaller an offset must be. */
    private static final long SMALLER = 8;

    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        if (node.op() != BinaryOp.ADD || node.type().shape().elements() < ELEMENTS_MIN) {
            return Optional.empty();
        }
        Value x = rewrite.at(node.inputs().get(0));
        Value offset = rewrite.at(node.inputs().get(1));
        return offset.node().op() == BinaryOp.ADD
                        && offset.shape().equals(x.shape())
                        && offset.arguments().stream().allMatch(part -> isSmallFor(part, x))
                ? Optional.of(
                        x.add(offset.arguments().get(0)).add(offset.arguments().get(1)))
                : Optional.empty();
    }

    private static boolean isSmallFor(Value part, Value x) {
        return part.shape().elements() * SMALLER <= x.shape().elements();
    }
}
