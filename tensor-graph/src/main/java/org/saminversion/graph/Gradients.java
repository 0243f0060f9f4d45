package org.saminversion.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reverse-mode differentiation, from graph to graph.
 *
 * <p>One loop walks the nodes between the variables and the loss backwards and asks {@link GradientRules} for each. Here,
 * and only here, gradients are summed back over broadcast axes and accumulated. Rules build ordinary nodes, so gradients
 * can be differentiated again.
 */
public final class Gradients {
    private Gradients() {}

    /**
     * The gradients of the sum of {@code loss} with respect to each of {@code variables}, in their order. A variable that
     * the loss does not depend on gets zeros.
     *
     * @throws MissingGradientException if the path passes an operator without a rule
     */
    public static List<Value> of(Value loss, List<Value> variables) {
        Graph graph = loss.graph();
        boolean[] onPath = graph.dependents(variables);
        Map<Integer, Value> gradients = new HashMap<>();
        if (onPath[loss.id()]) {
            Tensor ones = Tensor.filled(loss.shape(), 1);
            gradients.put(
                    loss.id(), graph.constant("ones", ones).cast(loss.type().element()));
        }
        for (int id = loss.id(); id >= 0; id--) {
            Value upstream = gradients.get(id);
            if (upstream != null && onPath[id]) {
                propagate(loss, new Value(graph, id), upstream, onPath, gradients);
            }
        }
        List<Value> result = new ArrayList<>();
        for (Value variable : variables) {
            Value gradient = gradients.get(variable.id());
            result.add(gradient != null ? gradient : variable.like(0).expand(variable.shape()));
        }
        return result;
    }

    private static void propagate(
            Value loss, Value value, Value upstream, boolean[] onPath, Map<Integer, Value> gradients) {
        List<Value> arguments = value.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            Value argument = arguments.get(i);
            if (!onPath[argument.id()]) {
                continue;
            }
            Optional<Value> gradient;
            try {
                gradient = GradientRules.gradient(value, i, upstream);
            } catch (MissingGradientException missing) {
                throw new MissingGradientException(missing.getMessage() + "; path from the loss: " + path(loss, value));
            }
            gradient.map(g -> unbroadcast(g, argument.shape()))
                    .ifPresent(g -> gradients.merge(argument.id(), g, Value::add));
        }
    }

    private static Value unbroadcast(Value gradient, Shape shape) {
        if (gradient.shape().equals(shape)) {
            return gradient;
        }
        int extra = gradient.shape().rank() - shape.rank();
        Integer[] axes = IntStream.range(0, gradient.shape().rank())
                .filter(axis -> axis < extra || shape.size(axis - extra) == 1)
                .filter(axis -> gradient.shape().size(axis) > 1)
                .boxed()
                .toArray(Integer[]::new);
        Value summed = axes.length == 0 ? gradient : gradient.sum(axes);
        return summed.reshape(shape);
    }

    /** The shortest chain of operators from the loss down to a node, for error messages. */
    private static String path(Value loss, Value target) {
        Map<Value, Value> cameFrom = new HashMap<>();
        Deque<Value> open = new ArrayDeque<>(List.of(loss));
        while (!open.isEmpty() && !cameFrom.containsKey(target) && !open.peek().equals(target)) {
            Value value = open.poll();
            for (Value argument : value.arguments()) {
                if (cameFrom.putIfAbsent(argument, value) == null) {
                    open.add(argument);
                }
            }
        }
        List<String> names = new ArrayList<>();
        for (Value at = target; at != null; at = at.equals(loss) ? null : cameFrom.get(at)) {
            names.add(0, at.node().op().describe());
        }
        return String.join(" <- ", names);
    }
}
