package org.saminversion.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Variables of an {@link OptimisationLoop} that move by the same rule.
 *
 * @param variables names of the graph's inputs
 * @param afterStep applied to each variable after every step, such as a projection onto a constraint; keeps the shape
 */
public record VariableGroup(
        List<String> variables, LearningRate schedule, UpdateRule rule, UnaryOperator<Value> afterStep) {
    public VariableGroup {
        variables = List.copyOf(variables);
    }

    /** Variables that move freely. */
    public VariableGroup(List<String> variables, LearningRate schedule, UpdateRule rule) {
        this(variables, schedule, rule, UnaryOperator.identity());
    }
}
