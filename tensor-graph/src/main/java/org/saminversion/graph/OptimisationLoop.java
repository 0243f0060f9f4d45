package org.saminversion.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole optimisation, compiled: forward pass, backward pass, learning-rate schedule and the update of each variable. One run
 * performs many steps, and the reported numbers of each step come back together. On the CPU each step is a run of ONNX Runtime; on a
 * device of its own memory all are iterations of one {@code Loop}, so that variables and moments stay there. Whatever does not depend
 * on the variables is computed once.
 *
 * <p>Thread-safe. The same state, data and number of steps give the same bits on the same machine and thread count, however
 * the steps are divided into runs.
 */
public final class OptimisationLoop implements AutoCloseable {
    static final String FIRST = ".first-moment";
    static final String SECOND = ".second-moment";

    /** What one run gives back: the state after it, and [steps, reported] numbers, each from before its step. */
    public record Outcome(OptimisationState state, Tensor reports) {}

    private final StepTypes types;
    private final StepRuns runs;

    private OptimisationLoop(StepTypes types, StepRuns runs) {
        this.types = types;
        this.runs = runs;
    }

    /**
     * Builds and compiles a loop with one group of variables.
     *
     * @param variables names of the graph's inputs that are optimised; its other inputs stay fixed during a run
     * @param loss any shape; its sum is minimised
     * @param reports float32 numbers of any shape (flattened) that each step reports, in order
     */
    public static OptimisationLoop compile(
            Graph graph,
            List<String> variables,
            Value loss,
            List<Value> reports,
            LearningRateSchedule schedule,
            Adam adam,
            RuntimeOptions options) {
        return compile(
                graph, new OptimisationPlan(loss, reports, new VariableGroup(variables, schedule, adam)), options);
    }

    /** Builds and compiles the loop; the graph's inputs that the plan does not name stay fixed during a run. */
    public static OptimisationLoop compile(Graph graph, OptimisationPlan plan, RuntimeOptions options) {
        StepGraph step = new StepGraph(graph, plan);
        return new OptimisationLoop(step.types(), StepRuns.compile(step, options));
    }

    /** The inputs that stay fixed during a run. */
    public Map<String, ValueType> data() {
        return types.data();
    }

    /** The inputs that change from step to step, each as one step sees it. */
    public Map<String, ValueType> perStep() {
        return types.perStep();
    }

    /**
     * Performs steps.
     *
     * @param stepsInAll the length of the whole optimisation, for the schedule
     * @param values one tensor for each of {@link #data()}, and for each of {@link #perStep()} one with a first axis of {@code
     *     steps} more
     */
    public Outcome run(OptimisationState state, Map<String, Tensor> values, int steps, int stepsInAll) {
        Map<String, ValueType> expected = new LinkedHashMap<>(types.data());
        types.perStep().forEach((name, type) -> expected.put(name, stacked(type, steps)));
        TensorTypes.require(expected, values);
        Map<String, ValueType> carried = new LinkedHashMap<>(types.variables());
        carried.putAll(types.tracked());
        TensorTypes.require(carried, state.values());
        Map<String, Tensor> now = new LinkedHashMap<>(state.values());
        now.put(OptimisationPlan.STEP, Tensor.of(Shape.of(1), (double) state.step()));
        for (String name : types.variables().keySet()) {
            now.put(name + FIRST, state.firstMoments().get(name));
            now.put(name + SECOND, state.secondMoments().get(name));
        }
        Map<String, Tensor> fixed = new LinkedHashMap<>(values);
        Map<String, Tensor> perStep = new LinkedHashMap<>();
        types.perStep().keySet().forEach(name -> perStep.put(name, fixed.remove(name)));
        fixed.put(OptimisationPlan.STEPS_IN_ALL, Tensor.of(Shape.of(1), (double) stepsInAll));
        StepRuns.Results results = runs.run(now, fixed, perStep, steps);
        Map<String, Tensor> moved = new LinkedHashMap<>();
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        carried.keySet().forEach(name -> moved.put(name, results.next().get(name)));
        for (String name : types.variables().keySet()) {
            first.put(name, results.next().get(name + FIRST));
            second.put(name, results.next().get(name + SECOND));
        }
        return new Outcome(new OptimisationState(moved, first, second, state.step() + steps), results.reports());
    }

    /** The type with a further first axis. */
    private static ValueType stacked(ValueType type, int steps) {
        int[] one = type.shape().toArray();
        int[] sizes = new int[one.length + 1];
        sizes[0] = steps;
        System.arraycopy(one, 0, sizes, 1, one.length);
        return new ValueType(type.element(), Shape.of(sizes));
    }

    @Override
    public void close() {
        runs.close();
    }
}
