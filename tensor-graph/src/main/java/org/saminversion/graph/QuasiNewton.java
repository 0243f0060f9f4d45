package org.saminversion.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Limited-memory BFGS as part of an {@link OptimisationLoop}: every step moves all variables of an item together, along the
 * gradient times an inverse Hessian that is estimated from the last moves and what they changed in the gradient (Nocedal and Wright,
 * "Numerical Optimization", algorithm 7.4). There is no line search: each step costs one gradient, and a bound keeps it short.
 *
 * <p>The items of a batch (the first axis of every variable) do not see each other. All scalar products come from one Gram matrix of
 * the remembered rows, to which a step adds those of the newest, and the recursion runs on coefficients of those rows (Chen, Wang
 * and Zhou, "Large-scale L-BFGS using MapReduce", 2014), so that what is remembered is read only twice however long the memory is.
 *
 * @param memory number of moves that are remembered, at least 1; each takes twice the space of the variables
 * @param lengthMax bound on the root mean square of a move over the elements of all variables
 */
public record QuasiNewton(int memory, LearningRate lengthMax) {
    private static final String HISTORY = ".history";
    private static final String MOVE = ".move";
    private static final String GRADIENT = ".gradient";
    /** The Gram matrix of the rows of all variables. */
    private static final String PRODUCTS = "history.products";
    /** Rows that a step adds: the last move, what it changed, and the gradient in place of the one before. */
    private static final int NEW_ROWS = 3;

    public QuasiNewton {
        if (memory < 1) {
            throw new IllegalArgumentException("the memory must hold at least one move, not " + memory);
        }
    }

    /**
     * Rows of one variable in a step.
     *
     * @param remembered [N,2m,size], moves and gradient changes in turn, as {@link RowRing} orders them
     * @param newest [N,3,size]
     */
    private record Rows(Value variable, Value remembered, Value newest) {
        Value gradient() {
            return newest.slice(1, NEW_ROWS - 1, NEW_ROWS);
        }

        /** [N,3,2m+1], those with the gradient last. */
        Value products() {
            return Value.concatenate(
                    2,
                    newest.matrixProduct(remembered.transpose(0, 2, 1)),
                    newest.matrixProduct(gradient().transpose(0, 2, 1)));
        }
    }

    /**
     * Adds gradients and moves to the graph of the losses.
     *
     * @param losses [N], of each item
     * @param variables names of the graph's inputs that are optimised, [N,...] each
     */
    public OptimisationPlan plan(Value losses, List<Value> reports, List<String> variables) {
        Graph graph = losses.graph();
        int items = losses.shape().elements();
        List<Value> values = variables.stream().map(graph.inputs()::get).toList();
        List<Value> gradients = Gradients.of(losses, values);
        RowRing ring = new RowRing(OptimisationPlan.step(graph), RowRing.PAIR * memory);
        Map<String, Rows> rows = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            rows.put(variables.get(i), rows(values.get(i), variables.get(i), gradients.get(i), ring));
        }
        Value products =
                rows.values().stream().map(Rows::products).reduce(Value::add).orElseThrow();
        int last = RowRing.PAIR * memory;
        Value gram = gram(
                graph,
                Value.concatenate(2, ring.sorted(products.slice(2, 0, last)), products.slice(2, last, last + 1)));
        int elements = values.stream()
                .mapToInt(value -> value.shape().elements() / items)
                .sum();
        Value bound = lengthMax
                .at(OptimisationPlan.step(graph), OptimisationPlan.stepsInAll(graph))
                .multiply(Math.sqrt(elements));
        Value coefficients = new TwoLoopRecursion(gram.cast(ElementType.FLOAT64), memory)
                .move(bound)
                .cast(ElementType.FLOAT32);
        Value ofRing = ring.unsorted(coefficients.slice(2, 0, last));
        Value ofGradient = coefficients.slice(2, last, last + 1);
        Map<String, Value> next = new LinkedHashMap<>();
        rows.forEach((name, own) -> {
            Value move = ofRing.matrixProduct(own.remembered).add(ofGradient.multiply(own.gradient()));
            next.put(name, own.variable.add(move.reshape(own.variable.shape())));
            next.put(name + HISTORY, own.remembered);
            next.put(name + MOVE, move);
            next.put(name + GRADIENT, own.gradient());
        });
        next.put(PRODUCTS, gram);
        return new OptimisationPlan(losses, reports, List.of(), Set.of()).withTracked(next);
    }

    private Rows rows(Value variable, String name, Value shapedGradient, RowRing ring) {
        Graph graph = variable.graph();
        int items = variable.shape().size(0);
        int size = variable.shape().elements() / items;
        Value gradient = shapedGradient.reshape(items, 1, size);
        Value before = graph.input(name + HISTORY, items, RowRing.PAIR * memory, size);
        Value move = graph.input(name + MOVE, items, 1, size);
        Value change = gradient.subtract(graph.input(name + GRADIENT, items, 1, size));
        Value newest = Value.concatenate(1, move, change, gradient);
        return new Rows(variable, before.withRows(ring.newest(items), newest.slice(1, 0, RowRing.PAIR)), newest);
    }

    private int rows() {
        return RowRing.PAIR * memory + 1;
    }

    /** Products of rows that stay are known from the step before. @param products [N,3,2m+1], of the newest rows with all */
    private Value gram(Graph graph, Value products) {
        int all = rows();
        Value before = graph.input(PRODUCTS, products.shape().size(0), all, all);
        if (memory == 1) {
            return products;
        }
        Value kept = before.slice(1, RowRing.PAIR, all - 1).slice(2, RowRing.PAIR, all - 1);
        Value beside = products.slice(2, 0, all - NEW_ROWS).transpose(0, 2, 1);
        return Value.concatenate(1, Value.concatenate(2, kept, beside), products);
    }

    /** The start: these values and an empty memory. @param variables [N,...] each, by name */
    public OptimisationState start(Map<String, Tensor> variables) {
        Map<String, Tensor> carried = new LinkedHashMap<>(variables);
        variables.forEach((name, tensor) -> {
            int items = tensor.shape().size(0);
            int size = tensor.shape().elements() / items;
            carried.put(name + HISTORY, Tensor.zeros(Shape.of(items, RowRing.PAIR * memory, size)));
            carried.put(name + MOVE, Tensor.zeros(Shape.of(items, 1, size)));
            carried.put(name + GRADIENT, Tensor.zeros(Shape.of(items, 1, size)));
            carried.put(PRODUCTS, Tensor.zeros(Shape.of(items, rows(), rows())));
        });
        return OptimisationState.start(Map.of(), carried);
    }
}
