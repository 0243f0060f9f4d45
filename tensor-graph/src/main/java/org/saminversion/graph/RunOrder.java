package org.saminversion.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * In which order nodes are listed. ONNX Runtime runs them in an order of its own: depth first from the outputs, and of the inputs of
 * a node the one that is listed last is computed first.
 */
final class RunOrder {
    private record Visit(int id, boolean inputsDone) {}

    private RunOrder() {}

    /**
     * A list by which ONNX Runtime computes the oldest inputs first. A backward pass adds up gradients as it goes down; with the
     * youngest first all terms would wait for the last one, each with the large factors that it sums over.
     *
     * @param selected the nodes to be listed
     * @param outputs what they compute
     */
    static List<Integer> oldestFirst(Graph graph, boolean[] selected, Collection<Value> outputs) {
        List<Integer> order = new ArrayList<>();
        boolean[] seen = new boolean[graph.size()];
        Deque<Visit> open = new ArrayDeque<>();
        TreeSet<Integer> last = new TreeSet<>();
        outputs.forEach(output -> last.add(output.id()));
        last.forEach(id -> open.push(new Visit(id, false)));
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            if (visit.inputsDone()) {
                order.add(visit.id());
            } else if (selected[visit.id()] && !seen[visit.id()]) {
                seen[visit.id()] = true;
                open.push(new Visit(visit.id(), true));
                new TreeSet<>(graph.node(visit.id()).inputs()).forEach(input -> open.push(new Visit(input, false)));
            }
        }
        return order;
    }
}
