package org.saminversion.model.study;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of the two that a study compares: a method, with one threshold, number of steps and choice of settings or with any.
 *
 * @param tau error ceiling of the map; any if empty
 * @param steps of the optimisation; any if empty
 * @param chosen exactly those settings of the method that differ from the usual; any if empty
 */
public record Contender(
        String method, Optional<Double> tau, Optional<Integer> steps, Optional<Map<String, Double>> chosen) {
    /** For example {@code sam, tau 0.5, 200 steps, measured-map=1.0}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method);
        tau.ifPresent(value -> text.append(", tau ").append(value));
        steps.ifPresent(value -> text.append(", ").append(value).append(" steps"));
        new TreeMap<>(chosen.orElse(Map.of()))
                .forEach((name, value) ->
                        text.append(", ").append(name).append('=').append(value));
        return text.toString();
    }
}
