package org.saminversion.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an optimisation stands: variables and Adam's moments by name, and the number of steps done.
 *
 * @param values float32, by variable
 * @param firstMoments of the same shapes
 * @param secondMoments of the same shapes
 */
public record OptimisationState(
        Map<String, Tensor> values, Map<String, Tensor> firstMoments, Map<String, Tensor> secondMoments, int step) {
    /** The start: these values, moments of zero. */
    public static OptimisationState start(Map<String, Tensor> values) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        values.forEach((name, tensor) -> zeros.put(name, Tensor.zeros(tensor.shape())));
        return new OptimisationState(Map.copyOf(values), Map.copyOf(zeros), Map.copyOf(zeros), 0);
    }
}
