package org.saminversion.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    private final int[] uses;
    private final int[] firstUser;

    /** The first of these rules that has a replacement for a node gives it. */
    static Rule firstOf(Rule... rules) {
        return (node, rewrite) -> Stream.of(rules)
                .flatMap(rule -> rule.replacement(node, rewrite).stream())
                .findFirst();
    }

    /** @param wanted values of {@code from} that the new graph must have */
    GraphRewrite(Graph from, Iterable<Value> wanted, Rule rule) {
        this.from = from;
        this.made = new Value[from.size()];
        this.uses = new int[from.size()];
        this.firstUser = new int[from.size()];
        from.inputs().values().stream()
                .sorted(java.util.Comparator.comparingInt(Value::id))
                .forEach(input -> {
                    Source.Input source = (Source.Input) input.node().op();
                    made[input.id()] = to.input(source.name(), source.type());
                });
        boolean[] needed = from.needed(wanted);
        wanted.forEach(value -> uses[value.id()]++);
        for (int id = from.size() - 1; id >= 0; id--) {
            for (int input : needed[id] ? from.node(id).inputs() : List.<Integer>of()) {
                uses[input]++;
                firstUser[input] = id;
            }
        }
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

    /** How often needed nodes of the old graph take this one as an input, or it is wanted itself. */
    int uses(int id) {
        return uses[id];
    }

    /** The first node of the old graph that takes this one as an input. */
    int firstUser(int id) {
        return firstUser[id];
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
