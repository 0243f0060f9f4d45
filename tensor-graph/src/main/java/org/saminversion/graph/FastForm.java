package org.saminversion.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form in which every program is compiled: the same values from fewer and faster operators. Sums and factors are rewritten first;
 * how often each of the new values is used then decides what convolutions compute in bands, and in which order images lie between
 * them.
 */
final class FastForm {
    private final GraphRewrite simplified;
    private final GraphRewrite banded;
    private final GraphRewrite ordered;

    /** @param wanted values of the graph that are needed */
    FastForm(Graph written, Iterable<Value> wanted) {
        this.simplified = new GraphRewrite(
                written,
                wanted,
                GraphRewrite.firstOf(
                        FastForm::withoutDetach,
                        FastForm::withoutGradientTerm,
                        new FastSums(),
                        new Saturations(),
                        new ApartOffsets(),
                        new JoinedFactors()));
        List<Value> kept = new ArrayList<>();
        wanted.forEach(value -> kept.add(simplified.at(value)));
        RowBands bands = new RowBands();
        this.banded = new GraphRewrite(
                simplified.graph(),
                kept,
                GraphRewrite.firstOf(new FastConvolutions(bands), bands, new SpreadInTransposes()));
        List<Value> still = kept.stream().map(banded::at).toList();
        this.ordered = new GraphRewrite(banded.graph(), still, new ChannelsLast(banded.graph(), still));
    }

    /** All gradients are taken. */
    private static Optional<Value> withoutDetach(Node node, GraphRewrite rewrite) {
        return node.op() == UnaryOp.Function.DETACH
                ? Optional.of(rewrite.at(node.inputs().get(0)))
                : Optional.empty();
    }

    /** x + (y - y), see {@link Value#withGradientOf}: y is only there for its gradient. */
    private static Optional<Value> withoutGradientTerm(Node node, GraphRewrite rewrite) {
        if (node.op() != BinaryOp.ADD) {
            return Optional.empty();
        }
        Node term = rewrite.old(node.inputs().get(1));
        return term.op() == BinaryOp.SUBTRACT
                        && rewrite.at(term.inputs().get(0))
                                .equals(rewrite.at(term.inputs().get(1)))
                ? Optional.of(
                        rewrite.at(node.inputs().get(0)).expand(node.type().shape()))
                : Optional.empty();
    }

    Graph graph() {
        return ordered.graph();
    }

    /** What a value of the written graph has become. */
    Value at(Value value) {
        return ordered.at(banded.at(simplified.at(value)));
    }
}
