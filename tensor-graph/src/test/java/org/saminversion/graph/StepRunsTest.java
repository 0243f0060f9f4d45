package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StepRunsTest {
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);
    private static final int SIZE = 8;
    private static final int STEPS = 5;

    /**
     * x follows a product of data with a constant and a draw of each step; {@code before} remembers where it was, {@code far} how far
     * it has been.
     */
    private static StepGraph step() {
        Graph graph = new Graph();
        SplittableRandom random = new SplittableRandom(1);
        Value x = graph.input("x", 1, SIZE);
        Value weight = graph.constant("weight", Seeded.normal(random, SIZE, SIZE));
        Value goal = graph.input("data", 1, SIZE).matrixProduct(weight).add(graph.input("draw", 1, SIZE));
        Value loss = x.subtract(goal).square().sum();
        Value far = graph.input("far", 1, SIZE).maximum(x);
        graph.input("before", 1, SIZE);
        VariableGroup group = new VariableGroup(List.of("x"), LearningRateSchedule.ramp(0.1), Adam.STANDARD);
        return new StepGraph(
                graph,
                new OptimisationPlan(loss, List.of(loss, far), List.of(group), Set.of("draw"))
                        .withTracked(Map.of("before", x, "far", far)));
    }

    private static Map<String, Tensor> state(StepGraph step) {
        Map<String, Tensor> state = new HashMap<>();
        step.types().state().forEach((name, type) -> state.put(name, Tensor.zeros(type.shape())));
        state.put(OptimisationPlan.STEP, Tensor.of(Shape.of(1), 0.0));
        return state;
    }

    private static Map<String, Tensor> fixed(long seed) {
        return Map.of(
                "data",
                Seeded.normal(new SplittableRandom(seed), 1, SIZE),
                OptimisationPlan.STEPS_IN_ALL,
                Tensor.of(Shape.of(1), (double) STEPS));
    }

    private static Map<String, Tensor> draws() {
        return Map.of("draw", Seeded.normal(new SplittableRandom(2), STEPS, 1, SIZE));
    }

    @Test
    void singleStepsGiveTheBitsOfALoop() {
        try (StepRuns single = new SingleSteps(step(), ONE_THREAD);
                StepRuns loop = new LoopSteps(step(), ONE_THREAD)) {
            Map<String, Tensor> start = state(step());
            assertEquals(loop.run(start, fixed(3), draws(), STEPS), single.run(start, fixed(3), draws(), STEPS));
            assertEquals(state(step()), start);
        }
    }

    @Test
    void otherDataIsNotTakenForTheLast() {
        try (StepRuns reused = new SingleSteps(step(), ONE_THREAD);
                StepRuns fresh = new SingleSteps(step(), ONE_THREAD)) {
            Map<String, Tensor> start = state(step());
            reused.run(start, fixed(3), draws(), STEPS);
            StepRuns.Results results = reused.run(start, fixed(4), draws(), STEPS);
            assertEquals(fresh.run(start, fixed(4), draws(), STEPS), results);
            assertEquals(results, reused.run(start, fixed(4), draws(), STEPS));
        }
    }

    /** The report and what follows x may read it after its next value is known; all that reads a moment comes before its next one. */
    @Test
    void onlyWhatNothingReadsLaterIsWrittenInPlace() {
        assertEquals(
                Set.of("x" + OptimisationLoop.FIRST, "x" + OptimisationLoop.SECOND, "before", "far"),
                StateInPlace.names(step()));
    }

    @Test
    void whatDependsOnDataAloneIsComputedBeforeAndConstantsAreCompiled() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, SIZE);
        Value data = graph.input("data", 1, SIZE);
        Value weight = graph.constant("weight", Seeded.normal(new SplittableRandom(1), SIZE, SIZE));
        Value loss = x.subtract(data.square())
                .matrixProduct(weight)
                .multiply(data)
                .square()
                .sum();
        VariableGroup group = new VariableGroup(List.of("x"), LearningRateSchedule.ramp(0.1), Adam.STANDARD);
        StepModels models = new StepModels(new StepGraph(graph, new OptimisationPlan(loss, List.of(loss), group)));

        assertEquals(
                List.of(ValueType.float32(1, SIZE)),
                List.copyOf(models.prepared().values()));
        assertEquals(Set.of("data"), models.givenBefore());
        assertEquals(Set.of("data", OptimisationPlan.STEPS_IN_ALL), models.given());
    }
}
