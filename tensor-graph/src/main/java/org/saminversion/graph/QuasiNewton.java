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
 * and Zhou, "Large-scale L-BFGS using MapReduce", 2014), so that the variables are read only twice however long the memory is.
 *
 * @param memory number of moves that are remembered, at least 1; each takes twice the space of the variables
 * @param lengthMax bound on the root mean square of a move over the elements of all variables
 */
public record QuasiNewton(int memory, LearningRate lengthMax) {
    private static final String HISTORY = ".history";
    private static final String MOVE = ".move";
    /** The Gram matrix of the rows of all variables. */
    private static final String PRODUCTS = "history.products";
    /** Rows that a step adds: the last move, what it changed, and the gradient in place of the one before. */
    private static final int NEW_ROWS = 3;
    /** The first move, which knows no curvature yet, as a share of the bound. */
    private static final double FIRST_MOVE = 0.1;
    /**
     * How much further than the quadratic model says. Networks bend at countless small kinks, which earlier moves met and this one
     * will not: along most moves the loss falls until about 1.4 times their length.
     */
    private static final double STRETCH = 1.3;
    /** Steps over which directions without remembered moves are taken for less curved than the kinks make them seem. */
    private static final int BOLD_STEPS = 50;
    /** A remembered move counts if the gradient rose along it by more than this share of what it changed. */
    private static final double CURVATURE_MIN = 1e-6;
    /** Keeps quotients of zeros finite. */
    private static final double SQUARE_MIN = 1e-30;

    public QuasiNewton {
        if (memory < 1) {
            throw new IllegalArgumentException("the memory must hold at least one move, not " + memory);
        }
    }

    /** Rows of one variable before a step: moves and gradient changes in turn, oldest first, then the gradient. */
    private record Rows(Value variable, Value remembered, Value newest) {}

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
        Map<String, Rows> rows = new LinkedHashMap<>();
        Value products = null;
        int elements = 0;
        for (int i = 0; i < values.size(); i++) {
            Rows own = rows(values.get(i), variables.get(i), gradients.get(i));
            rows.put(variables.get(i), own);
            Value part = own.newest.matrixProduct(own.remembered.transpose(0, 2, 1));
            products = products == null ? part : products.add(part);
            elements += values.get(i).shape().elements() / items;
        }
        Value gram = gram(graph, products);
        Value step = OptimisationPlan.step(graph);
        Value bound = lengthMax.at(step, OptimisationPlan.stepsInAll(graph)).multiply(Math.sqrt(elements));
        Value bold = step.less(step.like(BOLD_STEPS));
        Value coefficients = new Recursion(gram.cast(ElementType.FLOAT64), memory).move(bound, bold);
        Map<String, Value> next = new LinkedHashMap<>();
        rows.forEach((name, own) -> {
            Value move = coefficients.cast(ElementType.FLOAT32).matrixProduct(own.remembered);
            next.put(name, own.variable.add(move.reshape(own.variable.shape())));
            next.put(name + HISTORY, own.remembered);
            next.put(name + MOVE, move);
        });
        next.put(PRODUCTS, gram);
        return new OptimisationPlan(losses, reports, List.of(), Set.of()).withTracked(next);
    }

    private Rows rows(Value variable, String name, Value shapedGradient) {
        Graph graph = variable.graph();
        int items = variable.shape().size(0);
        int size = variable.shape().elements() / items;
        int all = rows();
        Value gradient = shapedGradient.reshape(items, 1, size);
        Value before = graph.input(name + HISTORY, items, all, size);
        Value move = graph.input(name + MOVE, items, 1, size);
        Value newest = Value.concatenate(1, move, gradient.subtract(before.slice(1, all - 1, all)), gradient);
        Value now = memory == 1 ? newest : Value.concatenate(1, before.slice(1, 2, all - 1), newest);
        return new Rows(variable, now, newest);
    }

    private int rows() {
        return 2 * memory + 1;
    }

    /** Products of rows that stay are known from the step before. @param products [N,3,K], of the newest rows with all */
    private Value gram(Graph graph, Value products) {
        int all = rows();
        Value before = graph.input(PRODUCTS, products.shape().size(0), all, all);
        if (memory == 1) {
            return products;
        }
        Value kept = before.slice(1, 2, all - 1).slice(2, 2, all - 1);
        Value beside = products.slice(2, 0, all - NEW_ROWS).transpose(0, 2, 1);
        return Value.concatenate(1, Value.concatenate(2, kept, beside), products);
    }

    /** The start: these values and an empty memory. @param variables [N,...] each, by name */
    public OptimisationState start(Map<String, Tensor> variables) {
        Map<String, Tensor> carried = new LinkedHashMap<>(variables);
        variables.forEach((name, tensor) -> {
            int items = tensor.shape().size(0);
            int size = tensor.shape().elements() / items;
            carried.put(name + HISTORY, Tensor.zeros(Shape.of(items, rows(), size)));
            carried.put(name + MOVE, Tensor.zeros(Shape.of(items, 1, size)));
            carried.put(PRODUCTS, Tensor.zeros(Shape.of(items, rows(), rows())));
        });
        return OptimisationState.start(Map.of(), carried);
    }

    /**
     * The two-loop recursion on coefficients.
     *
     * @param gram [N,K,K] float64, products of the rows
     */
    private record Recursion(Value gram, int memory) {
        private Value row(int index) {
            return gram.slice(1, index, index + 1);
        }

        /** [N,1,1] */
        private Value product(int row, int column) {
            return row(row).slice(2, column, column + 1);
        }

        private Value withRow(Value coefficients, int row) {
            return row(row).multiply(coefficients).sum(2);
        }

        private Value unit(int row) {
            double[] one = new double[gram.shape().size(1)];
            one[row] = 1;
            return gram.graph().constant("row " + row, Tensor.of(Shape.of(1, 1, one.length), one));
        }

        /**
         * @param bound on the length of the move, float64 [1]
         * @param bold whether the first estimate of the inverse Hessian is the larger one, BOOL [1]
         * @return the move's coefficients [N,1,K]
         */
        Value move(Value bound, Value bold) {
            int last = 2 * memory;
            Value scale = bound.multiply(FIRST_MOVE).divide(root(product(last, last)));
            Value[] inverse = new Value[memory];
            for (int i = 0; i < memory; i++) {
                Value rise = product(2 * i, 2 * i + 1);
                Value moved = product(2 * i, 2 * i);
                Value changed = product(2 * i + 1, 2 * i + 1);
                Value least = root(changed.multiply(moved)).multiply(CURVATURE_MIN);
                Value counts = rise.greater(least);
                Value positive = rise.maximum(least);
                inverse[i] = counts.choose(positive.reciprocal(), rise.like(0));
                Value square = changed.maximum(changed.like(SQUARE_MIN));
                Value ratio = bold.choose(root(moved.divide(square)), rise.divide(square));
                scale = counts.choose(ratio, scale);
            }
            Value coefficients = unit(last);
            Value[] shares = new Value[memory];
            for (int i = memory - 1; i >= 0; i--) {
                shares[i] = withRow(coefficients, 2 * i).multiply(inverse[i]);
                coefficients = coefficients.subtract(unit(2 * i + 1).multiply(shares[i]));
            }
            coefficients = coefficients.multiply(scale);
            for (int i = 0; i < memory; i++) {
                Value share = withRow(coefficients, 2 * i + 1).multiply(inverse[i]);
                coefficients = coefficients.add(unit(2 * i).multiply(shares[i].subtract(share)));
            }
            Value length =
                    root(coefficients.matrixProduct(gram).multiply(coefficients).sum(2));
            return coefficients.multiply(
                    bound.divide(length).minimum(length.like(STRETCH)).negate());
        }

        private static Value root(Value square) {
            return square.maximum(square.like(SQUARE_MIN)).squareRoot();
        }
    }
}
