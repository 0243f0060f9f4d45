package org.saminversion.graph;

/**
 * The two-loop recursion of limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", algorithm 7.4) on coefficients of the
 * remembered rows: moves and gradient changes in turn, oldest first, then the gradient.
 *
 * @param gram [N,K,K] float64, products of the rows
 */
record TwoLoopRecursion(Value gram, int memory) {
    /** The first move, which knows no curvature yet, as a share of the bound. */
    private static final double FIRST_MOVE = 0.1;
    /**
     * How much further than the quadratic model says. Networks bend at countless small kinks, which earlier moves met and this one
     * will not: along most moves the loss falls until about 1.4 times their length.
     */
    private static final double STRETCH = 1.3;
    /**
     * How much less curved directions without remembered moves are taken for than the newest move was: it ran where the loss is
     * curved most. Four times is too much, steps grow there without end.
     */
    private static final double FLATTER = 2;
    /** A remembered move counts if the gradient rose along it by more than this share of what it changed. */
    private static final double CURVATURE_MIN = 1e-6;
    /** Keeps quotients of zeros finite. */
    private static final double SQUARE_MIN = 1e-30;

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
     * @return the move's coefficients [N,1,K]
     */
    Value move(Value bound) {
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
            Value ratio = rise.divide(changed.maximum(changed.like(SQUARE_MIN)));
            scale = counts.choose(ratio.multiply(FLATTER), scale);
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
