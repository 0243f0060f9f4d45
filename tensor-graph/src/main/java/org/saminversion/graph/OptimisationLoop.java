package org.saminversion.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole optimisation as one ONNX program: a {@code Loop} whose body is the forward pass, the backward pass, the learning-rate
 * schedule and the update of each variable. One run performs many steps; variables and moments stay where ONNX Runtime keeps them, and the reported
 * numbers of each step come back together. Whatever does not depend on the variables is computed once per run, before the loop.
 *
 * <p>Thread-safe. The same state, data and number of steps give the same bits on the same machine and thread count, however
 * the steps are divided into runs.
 */
public final class OptimisationLoop implements AutoCloseable {
    static final String ITERATIONS = "loop.iterations";
    static final String FIRST = ".first-moment";
    static final String SECOND = ".second-moment";

    /** What one run gives back: the state after it, and [steps, reported] numbers, each from before its step. */
    public record Outcome(OptimisationState state, Tensor reports) {}

    private final Map<String, ValueType> variables;
    private final Map<String, ValueType> tracked;
    private final Map<String, ValueType> data;
    private final Map<String, ValueType> perStep;
    private final int reported;
    private final Session session;

    private OptimisationLoop(
            Map<String, ValueType> variables,
            Map<String, ValueType> tracked,
            Map<String, ValueType> data,
            Map<String, ValueType> perStep,
            int reported,
            Session session) {
        this.variables = variables;
        this.tracked = tracked;
        this.data = data;
        this.perStep = perStep;
        this.reported = reported;
        this.session = session;
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
        LoopModel model = new LoopModel(graph, plan);
        return new OptimisationLoop(
                model.variables(),
                model.tracked(),
                model.data(),
                model.perStep(),
                model.reported(),
                new Session(model.write(), options));
    }

    /** The inputs that stay fixed during a run. */
    public Map<String, ValueType> data() {
        return Map.copyOf(data);
    }

    /** The inputs that change from step to step, each as one step sees it. */
    public Map<String, ValueType> perStep() {
        return Map.copyOf(perStep);
    }

    /**
     * Performs steps.
     *
     * @param stepsInAll the length of the whole optimisation, for the schedule
     * @param values one tensor for each of {@link #data()}, and for each of {@link #perStep()} one with a first axis of {@code
     *     steps} more
     */
    public Outcome run(OptimisationState state, Map<String, Tensor> values, int steps, int stepsInAll) {
        Map<String, ValueType> expected = new LinkedHashMap<>(data);
        perStep.forEach((name, type) -> expected.put(name, LoopModel.stacked(type, steps)));
        TensorTypes.require(expected, values);
        Map<String, ValueType> carried = new LinkedHashMap<>(variables);
        carried.putAll(tracked);
        TensorTypes.require(carried, state.values());
        Map<String, Tensor> inputs = new LinkedHashMap<>(values);
        Map<String, ValueType> outputs = new LinkedHashMap<>();
        inputs.put(ITERATIONS, Tensor.of(Shape.SCALAR, (long) steps));
        inputs.put(OptimisationPlan.STEP, Tensor.of(Shape.of(1), (double) state.step()));
        inputs.put(OptimisationPlan.STEPS_IN_ALL, Tensor.of(Shape.of(1), (double) stepsInAll));
        variables.forEach((name, type) -> {
            inputs.put(name + FIRST, state.firstMoments().get(name));
            inputs.put(name + SECOND, state.secondMoments().get(name));
            outputs.put("next." + name + FIRST, type);
            outputs.put("next." + name + SECOND, type);
        });
        carried.forEach((name, type) -> {
            inputs.put(name, state.values().get(name));
            outputs.put("next." + name, type);
        });
        outputs.put("reports", ValueType.float32(steps, reported));
        Map<String, Tensor> results = session.run(inputs, outputs);
        Map<String, Tensor> moved = new LinkedHashMap<>();
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        carried.keySet().forEach(name -> moved.put(name, results.get("next." + name)));
        for (String name : variables.keySet()) {
            first.put(name, results.get("next." + name + FIRST));
            second.put(name, results.get("next." + name + SECOND));
        }
        return new Outcome(new OptimisationState(moved, first, second, state.step() + steps), results.get("reports"));
    }

    @Override
    public void close() {
        session.close();
    }
}
