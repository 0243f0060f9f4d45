package org.saminversion.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds a graph anew with other nodes in place of some. The new graph has the same inputs and computes the same; nodes that no
 * wanted value needs are left behind.
 */
final class GraphRewrite {
    /** Says what takes the place of a node. */
    @FunctionalInterface
    interface Rule {
        /** @return the new value, or nothing where the node stays as it is */
        Optional<Value> replacement(Node node, GraphRewrite rewrite);
    }

    private final Graph from;
    private final Graph to = new Graph();
    private final Value[] made;

    /** @param wanted values of {@code from} that the new graph must have */
    GraphRewrite(Graph from, Iterable<Value> wanted, Rule rule) {
        this.from = from;
        this.made = new Value[from.size()];
        from.inputs().values().stream()
                .sorted(java.util.Comparator.comparingInt(Value::id))
                .forEach(input -> {
                    Source.Input source = (Source.Input) input.node().op();
                    made[input.id()] = to.input(source.name(), source.type());
                });
        boolean[] needed = from.needed(wanted);
        for (int id = 0; id < made.length; id++) {
            if (needed[id] && made[id] == null) {
                Node node = from.node(id);
                made[id] = rule.replacement(node, this).orElseGet(() -> copy(node));
            }
        }
    }

    private Value copy(Node node) {
        List<Value> arguments = new ArrayList<>();
        node.inputs().forEach(input -> arguments.add(made[input]));
        return to.apply(node.op(), arguments.toArray(Value[]::new));
    }

    /** The graph that is being built. */
    Graph graph() {
        return to;
    }

    /** A node of the old graph. */
    Node old(int id) {
        return from.node(id);
    }

    /** What a node of the old graph has become. */
    Value at(int id) {
        return made[id];
    }

    /** What a value of the old graph has become. */
    Value at(Value value) {
        return made[value.id()];
    }
}
