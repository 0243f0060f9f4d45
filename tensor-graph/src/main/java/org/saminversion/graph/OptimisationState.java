package org.saminversion.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an optimisation stands: variables and their moments by name, and the number of steps done.
 *
 * @param values float32, by variable, and whatever the plan tracks
 * @param firstMoments of the variables, of the same shapes
 * @param secondMoments likewise
 */
public record OptimisationState(
        Map<String, Tensor> values, Map<String, Tensor> firstMoments, Map<String, Tensor> secondMoments, int step) {
    /** The start: these values, moments of zero. */
    public static OptimisationState start(Map<String, Tensor> values) {
        return start(values, Map.of());
    }

    /** The same with values that the plan tracks, which have no moments. */
    public static OptimisationState start(Map<String, Tensor> variables, Map<String, Tensor> tracked) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        variables.forEach((name, tensor) -> zeros.put(name, Tensor.zeros(tensor.shape())));
        Map<String, Tensor> values = new LinkedHashMap<>(variables);
        values.putAll(tracked);
        return new OptimisationState(Map.copyOf(values), Map.copyOf(zeros), Map.copyOf(zeros), 0);
    }
}
