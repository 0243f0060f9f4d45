package org.saminversion.graph;

import java.util.List;
import java.util.Optional;

/**
 * Sums of large values over several axes are taken over the last axis first, then over the others. ONNX Runtime gives each thread
 * some of the remaining numbers, which it reads across the whole value; one axis at a time stays in the cache.
 */
final class SumsInStages implements GraphRewrite.Rule {
    private static final int ELEMENTS_MIN = 1 << 18;

    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        if (!(node.op() instanceof ReduceOp op)
                || op.kind() != ReduceOp.Kind.SUM
                || op.axes().size() < 2) {
            return Optional.empty();
        }
        Value x = rewrite.at(node.inputs().get(0));
        if (x.shape().elements() < ELEMENTS_MIN) {
            return Optional.empty();
        }
        int last = op.axes().size() - 1;
        List<Integer> others = op.axes().subList(0, last);
        return Optional.of(x.sum(op.axes().get(last)).sum(others.toArray(Integer[]::new)));
    }
}
