package org.saminversion.model.study;

import java.util.Optional;

/**
 * One of the two that a study compares: a method, with one threshold and number of steps or with any.
 *
 * @param tau error ceiling of the map; any if empty
 * @param steps of the optimisation; any if empty
 */
public record Contender(String method, Optional<Double> tau, Optional<Integer> steps) {
    /** For example {@code sam, tau 0.5, 200 steps}. */
    @Override
    public String toString() {
        return method
                + tau.map(value -> ", tau " + value).orElse("")
                + steps.map(value -> ", " + value + " steps").orElse("");
    }
}
