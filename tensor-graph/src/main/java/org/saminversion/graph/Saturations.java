package org.saminversion.graph;

import java.util.Optional;
import org.saminversion.graph.UnaryOp.Clip;
import org.saminversion.graph.UnaryOp.HardSigmoid;

/** A product with a number that is limited to [0,1], and 1 minus such a one, in one pass: the masks of {@link KinkMasks}. */
final class Saturations implements GraphRewrite.Rule {
    private static final Clip UNIT = new Clip(0, 1);

    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        if (node.type().element() != ElementType.FLOAT32) {
            return Optional.empty();
        }
        if (node.op().equals(UNIT)) {
            Value x = rewrite.at(node.inputs().get(0));
            return x.node().op() == BinaryOp.MULTIPLY
                    ? number(x.arguments().get(1))
                            .map(slope -> x.graph()
                                    .apply(
                                            new HardSigmoid(slope, 0),
                                            x.arguments().get(0)))
                    : Optional.empty();
        }
        if (node.op() == BinaryOp.SUBTRACT) {
            Value one = rewrite.at(node.inputs().get(0));
            Value x = rewrite.at(node.inputs().get(1));
            return x.node().op() instanceof HardSigmoid rising
                            && rising.offset() == 0
                            && number(one).filter(number -> number == 1).isPresent()
                    ? Optional.of(x.graph()
                            .apply(
                                    new HardSigmoid(-rising.slope(), 1),
                                    x.arguments().get(0)))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Float> number(Value value) {
        return value.constantTensor()
                .filter(tensor -> tensor.shape().rank() == 0)
                .map(tensor -> tensor.toFloats()[0]);
    }
}
