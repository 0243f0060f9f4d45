package org.saminversion.bench;

import java.util.List;

/** Measurements of the same thing, at least one. */
record Blocks(List<Double> values) {
    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double fastest() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double slowest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
