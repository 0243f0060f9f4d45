package org.saminversion.graph;

import java.util.List;
import java.util.Optional;

/** The rules by which every program is rewritten before it is compiled. The first that has a replacement for a node gives it. */
final class FastForm implements GraphRewrite.Rule {
    private final List<GraphRewrite.Rule> rules = List.of(
            new FastConvolutions(), new SpreadInTransposes(), new FastSums(), new Saturations(), new JoinedFactors());

    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        return rules.stream()
                .flatMap(rule -> rule.replacement(node, rewrite).stream())
                .findFirst();
    }
}
