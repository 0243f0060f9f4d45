package org.saminversion.graph;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an {@link OptimisationLoop} does in each step.
 *
 * @param loss any shape; its sum is minimised
 * @param reports float32 numbers of any shape (flattened) that each step reports, in order
 * @param groups every variable is in exactly one
 * @param perStep names of the inputs that change from step to step, such as random draws: a run of K steps takes a tensor with a
 *     further first axis of size K, and each step sees its part
 */
public record OptimisationPlan(Value loss, List<Value> reports, List<VariableGroup> groups, Set<String> perStep) {
    static final String STEP = "loop.step";
    static final String STEPS_IN_ALL = "loop.steps";

    /** @throws IllegalArgumentException if a name is not an input of the graph or is used twice */
    public OptimisationPlan {
        reports = List.copyOf(reports);
        groups = List.copyOf(groups);
        perStep = Set.copyOf(perStep);
        List<String> names = Stream.concat(
                        groups.stream().flatMap(group -> group.variables().stream()), perStep.stream())
                .toList();
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("an input is named twice among " + names);
        }
        for (String name : names) {
            if (!loss.graph().inputs().containsKey(name)) {
                throw new IllegalArgumentException("the graph has no input " + name);
            }
        }
    }

    /** One group, the same data in every step. */
    public OptimisationPlan(Value loss, List<Value> reports, VariableGroup group) {
        this(loss, reports, List.of(group), Set.of());
    }

    /** The number of the step from 0, as a float64 number of shape [1], for objectives that change with it. */
    public static Value step(Graph graph) {
        return existingOrNew(graph, STEP);
    }

    /** The number of all steps, likewise. */
    public static Value stepsInAll(Graph graph) {
        return existingOrNew(graph, STEPS_IN_ALL);
    }

    private static Value existingOrNew(Graph graph, String name) {
        Value existing = graph.inputs().get(name);
        return existing == null ? graph.input(name, ElementType.FLOAT64, 1) : existing;
    }

    List<String> variables() {
        return groups.stream().flatMap(group -> group.variables().stream()).toList();
    }
}
