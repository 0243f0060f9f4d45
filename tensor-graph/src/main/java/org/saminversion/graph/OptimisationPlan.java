package org.saminversion.graph;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
 * @param tracked by the name of an input what takes its place in the next step, such as running statistics; without gradients
 * @param gradientNormMax gradients that together are longer are scaled down to this length, if there is such a bound
 */
public record OptimisationPlan(
        Value loss,
        List<Value> reports,
        List<VariableGroup> groups,
        Set<String> perStep,
        Map<String, Value> tracked,
        OptionalDouble gradientNormMax) {
    static final String STEP = "loop.step";
    static final String STEPS_IN_ALL = "loop.steps";

    /** @throws IllegalArgumentException if a name is not an input of the graph or is used twice, or a tracked shape changes */
    public OptimisationPlan {
        reports = List.copyOf(reports);
        groups = List.copyOf(groups);
        perStep = Set.copyOf(perStep);
        tracked = Map.copyOf(tracked);
        List<String> names = Stream.of(
                        groups.stream().flatMap(group -> group.variables().stream()),
                        perStep.stream(),
                        tracked.keySet().stream())
                .flatMap(stream -> stream)
                .toList();
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("an input is named twice among " + names);
        }
        for (String name : names) {
            if (!loss.graph().inputs().containsKey(name)) {
                throw new IllegalArgumentException("the graph has no input " + name);
            }
        }
        tracked.forEach((name, next) -> {
            ValueType type = next.graph().inputs().get(name).type();
            if (!type.equals(next.type())) {
                throw new IllegalArgumentException(name + " is " + type + " and cannot become " + next.type());
            }
        });
    }

    /** Nothing tracked, gradients of any length. */
    public OptimisationPlan(Value loss, List<Value> reports, List<VariableGroup> groups, Set<String> perStep) {
        this(loss, reports, groups, perStep, Map.of(), OptionalDouble.empty());
    }

    /** One group, the same data in every step. */
    public OptimisationPlan(Value loss, List<Value> reports, VariableGroup group) {
        this(loss, reports, List.of(group), Set.of());
    }

    /** The same with inputs that each step replaces. */
    public OptimisationPlan withTracked(Map<String, Value> others) {
        return new OptimisationPlan(loss, reports, groups, perStep, others, gradientNormMax);
    }

    /** The same with a bound on the length of all gradients together. */
    public OptimisationPlan withGradientNormMax(double maximum) {
        return new OptimisationPlan(loss, reports, groups, perStep, tracked, OptionalDouble.of(maximum));
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
