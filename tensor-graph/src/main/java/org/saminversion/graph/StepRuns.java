package org.saminversion.graph;

import java.util.Map;

/** The steps of a {@link StepGraph}, compiled. Thread-safe. */
interface StepRuns extends AutoCloseable {
    /**
     * What a run leaves.
     *
     * @param next the state, by the names of {@link StepGraph#state()}
     * @param reports [steps, reported]
     */
    record Results(Map<String, Tensor> next, Tensor reports) {}

    /** In the form that suits a device. */
    static StepRuns compile(StepGraph step, RuntimeOptions options) {
        return switch (options.device()) {
            case CPU -> new SingleSteps(step, options);
            case CUDA -> new LoopSteps(step, options);
        };
    }

    /**
     * Performs steps.
     *
     * @param state by the names of {@link StepGraph#state()}
     * @param fixed the data, and the number of all steps
     * @param perStep by name a tensor with a further first axis of {@code steps}
     */
    Results run(Map<String, Tensor> state, Map<String, Tensor> fixed, Map<String, Tensor> perStep, int steps);

    @Override
    void close();
}
