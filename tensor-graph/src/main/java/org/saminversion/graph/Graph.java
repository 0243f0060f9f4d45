package org.saminversion.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A computation that is being built: nodes in topological order, each with a static type.
 *
 * <p>Equal applications of an operator give the same node, so common subexpressions exist once. Nodes that no output needs
 * cost nothing: they are left out of a {@link Program}. A graph belongs to one thread.
 */
public final class Graph {
    private record Application(Op op, List<Integer> inputs) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Application, Integer> known = new HashMap<>();
    private final Map<String, Value> inputs = new LinkedHashMap<>();

    /** A tensor that is given at each run. @throws IllegalArgumentException if the name is taken */
    public Value input(String name, ElementType element, int... sizes) {
        return input(name, new ValueType(element, Shape.of(sizes)));
    }

    Value input(String name, ValueType type) {
        if (inputs.containsKey(name)) {
            throw new IllegalArgumentException("the graph has an input " + name + " already");
        }
        Value value = apply(new Source.Input(name, type));
        inputs.put(name, value);
        return value;
    }

    /** A float32 input. */
    public Value input(String name, int... sizes) {
        return input(name, ElementType.FLOAT32, sizes);
    }

    /** A fixed tensor; the name is for people who read the graph. */
    public Value constant(String name, Tensor tensor) {
        return apply(new Source.Constant(name, tensor));
    }

    /** A fixed float32 number. */
    public Value constant(float number) {
        return constant(Float.toString(number), Tensor.scalar(number));
    }

    /** Applies an operator. @throws IllegalArgumentException if the inputs do not fit; the message shows the operator */
    public Value apply(Op op, Value... arguments) {
        List<ValueType> types = new ArrayList<>(arguments.length);
        List<Integer> ids = new ArrayList<>(arguments.length);
        for (Value argument : arguments) {
            if (argument.graph() != this) {
                throw new IllegalArgumentException(op.describe() + " mixes values of two graphs");
            }
            types.add(argument.type());
            ids.add(argument.id());
        }
        Integer existing = known.get(new Application(op, ids));
        if (existing != null) {
            return new Value(this, existing);
        }
        Node node = new Node(nodes.size(), op, List.copyOf(ids), op.infer(types));
        nodes.add(node);
        known.put(new Application(op, node.inputs()), node.id());
        return new Value(this, node.id());
    }

    Node node(int id) {
        return nodes.get(id);
    }

    Value value(int id) {
        return new Value(this, id);
    }

    int size() {
        return nodes.size();
    }

    /** The inputs by name, in the order of their making. */
    public Map<String, Value> inputs() {
        return Map.copyOf(inputs);
    }

    /** For each node, whether some of these values need it. */
    boolean[] needed(Iterable<Value> outputs) {
        boolean[] needed = new boolean[nodes.size()];
        for (Value output : outputs) {
            needed[output.id()] = true;
        }
        for (int id = nodes.size() - 1; id >= 0; id--) {
            if (needed[id]) {
                nodes.get(id).inputs().forEach(input -> needed[input] = true);
            }
        }
        return needed;
    }

    /** For each node, whether it depends on some of these values (which count themselves). */
    boolean[] dependents(Iterable<Value> roots) {
        boolean[] depends = new boolean[nodes.size()];
        for (Value root : roots) {
            depends[root.id()] = true;
        }
        for (Node node : nodes) {
            depends[node.id()] |= node.inputs().stream().anyMatch(input -> depends[input]);
        }
        return depends;
    }

    /**
     * The part of the graph that these values need, one line per node: its number, operator, arguments and type.
     * Numbers count only printed nodes, so that the text does not change with what else was built.
     */
    public String print(Value... outputs) {
        boolean[] needed = needed(Arrays.asList(outputs));
        int[] numbers = new int[nodes.size()];
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (Node node : nodes) {
            if (!needed[node.id()]) {
                continue;
            }
            numbers[node.id()] = next++;
            text.append('%')
                    .append(numbers[node.id()])
                    .append(" = ")
                    .append(node.op().describe())
                    .append(node.inputs().stream()
                            .map(input -> "%" + numbers[input])
                            .collect(Collectors.joining(", ", "(", ")")))
                    .append(" : ")
                    .append(node.type())
                    .append('\n');
        }
        return text.toString();
    }
}
