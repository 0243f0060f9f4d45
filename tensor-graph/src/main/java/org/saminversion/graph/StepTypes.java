package org.saminversion.graph;

import java.util.Map;

/**
 * What a {@link StepGraph} takes and gives, by name. A program keeps this and not the graph, whose weights are large.
 *
 * @param variables the optimised inputs
 * @param tracked the inputs that each step replaces
 * @param state both, with the moments of the variables, and the number of the step
 * @param data the inputs that stay fixed during a run, as far as they are needed, without {@link OptimisationPlan#STEPS_IN_ALL}
 * @param perStep the inputs that change from step to step, as one step sees them
 * @param reported how many numbers a step reports
 */
record StepTypes(
        Map<String, ValueType> variables,
        Map<String, ValueType> tracked,
        Map<String, ValueType> state,
        Map<String, ValueType> data,
        Map<String, ValueType> perStep,
        int reported) {}
