package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.TuningGraph;
import org.saminversion.inversion.method.TuningSettings;
import org.saminversion.inversion.network.VariableParameters;

/**
 * Pivotal tuning of one photograph: first the pivot, then the generator's weights, until all steps are done or the photograph is
 * near enough.
 *
 * <p>The early stop comes before the step whose loss meets it. A chunk of steps that went beyond is run again up to there, which
 * gives the same bits, as runs do not depend on how they are divided.
 */
final class PivotalTuningRun implements BatchRun {
    /**
     * All that the second stage needs.
     *
     * @param weights the bundle's, by parameter
     * @param target [1,3,h,w] at the generator's resolution
     * @param steps of both stages
     */
    record Tuning(
            OptimisationLoop loop,
            TuningSettings settings,
            Map<String, Tensor> weights,
            Tensor target,
            int zDimension,
            int styles,
            long seed,
            int pivotSteps,
            int steps,
            Map<String, String> provenance) {
        /** The weights as the bundle has them, beside the pivot. */
        OptimisationState start(Tensor pivot) {
            Map<String, Tensor> values = new LinkedHashMap<>();
            weights.forEach((name, tensor) -> values.put(VariableParameters.input(name), tensor));
            values.put(InversionGraph.WPLUS, pivot);
            OptimisationState fresh = OptimisationState.start(values);
            return new OptimisationState(fresh.values(), fresh.firstMoments(), fresh.secondMoments(), pivotSteps);
        }
    }

    private final Tuning tuning;
    private OptimisationRun pivot;
    /** Of the second stage, the pivot among its values; null before. */
    private OptimisationState state;

    /** Begins with the first stage. */
    PivotalTuningRun(OptimisationRun pivot, Tuning tuning) {
        this.pivot = pivot;
        this.tuning = tuning;
    }

    /** Goes on in the second stage. */
    PivotalTuningRun(Tuning tuning, OptimisationState state) {
        this.tuning = tuning;
        this.state = state;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public int step() {
        return state == null ? pivot.step() : state.step();
    }

    @Override
    public int steps() {
        return tuning.steps();
    }

    @Override
    public List<List<StepLosses>> advance(int stepsMax) {
        List<StepLosses> losses = new ArrayList<>();
        int left = stepsMax;
        if (state == null) {
            losses.addAll(pivot.advance(left).get(0));
            left -= losses.size();
            losses.forEach(StepLosses::requireFinite);
            if (pivot.step() == pivot.steps()) {
                state = tuning.start(pivot.latents(0).wplus());
                pivot = null;
            }
        }
        if (state != null && left > 0 && state.step() < steps()) {
            losses.addAll(tune(Math.min(left, steps() - state.step())));
        }
        return List.of(losses);
    }

    private List<StepLosses> tune(int count) {
        OptimisationLoop.Outcome outcome = run(count);
        double[] reports = outcome.reports().toDoubles();
        int terms = reports.length / count;
        List<StepLosses> losses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StepLosses loss = new StepLosses(
                    state.step() + i, reports[terms * i], reports[terms * i + 1], reports[terms * i + 2], 0, 0, 0);
            loss.requireFinite();
            losses.add(loss);
            if (loss.lpips() <= tuning.settings().lpipsStop()) {
                OptimisationState before = i == 0 ? state : joined(run(i).state());
                state = new OptimisationState(before.values(), before.firstMoments(), before.secondMoments(), steps());
                return losses;
            }
        }
        state = joined(outcome.state());
        return losses;
    }

    /** @param count steps from where the state stands */
    private OptimisationLoop.Outcome run(int count) {
        Map<String, Tensor> values = new HashMap<>();
        values.put(InversionGraph.WPLUS, state.values().get(InversionGraph.WPLUS));
        values.put(InversionGraph.TARGET, tuning.target());
        int done = state.step() - tuning.pivotSteps();
        if (tuning.settings().isLocal()) {
            values.put(
                    TuningGraph.Z,
                    StepDraws.of(List.of(tuning.seed()), state.step(), count, Shape.of(1, tuning.zDimension())));
        }
        return tuning.loop()
                .run(
                        new OptimisationState(
                                withoutPivot(state.values()),
                                withoutPivot(state.firstMoments()),
                                withoutPivot(state.secondMoments()),
                                done),
                        values,
                        count,
                        steps() - tuning.pivotSteps());
    }

    private static Map<String, Tensor> withoutPivot(Map<String, Tensor> all) {
        Map<String, Tensor> rest = new LinkedHashMap<>(all);
        rest.remove(InversionGraph.WPLUS);
        return rest;
    }

    /** The loop's state with the pivot, and with steps counted over both stages. */
    private OptimisationState joined(OptimisationState loopState) {
        return new OptimisationState(
                with(loopState.values(), state.values()),
                with(loopState.firstMoments(), state.firstMoments()),
                with(loopState.secondMoments(), state.secondMoments()),
                loopState.step() + tuning.pivotSteps());
    }

    private static Map<String, Tensor> with(Map<String, Tensor> weights, Map<String, Tensor> all) {
        Map<String, Tensor> joined = new LinkedHashMap<>(weights);
        joined.put(InversionGraph.WPLUS, all.get(InversionGraph.WPLUS));
        return joined;
    }

    @Override
    public byte[] checkpoint(int photograph) {
        return state == null ? pivot.checkpoint(0) : Checkpoint.write(state);
    }

    @Override
    public Latents latents(int photograph) {
        SortedMap<String, Tensor> changes = new TreeMap<>();
        if (state == null) {
            return latents(pivot.latents(0).wplus(), changes);
        }
        tuning.weights()
                .forEach((name, before) ->
                        changes.put(name, difference(state.values().get(VariableParameters.input(name)), before)));
        return latents(state.values().get(InversionGraph.WPLUS), changes);
    }

    private Latents latents(Tensor wplus, SortedMap<String, Tensor> changes) {
        return new Latents(wplus, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), changes, tuning.provenance());
    }

    private static Tensor difference(Tensor after, Tensor before) {
        float[] a = after.toFloats();
        float[] b = before.toFloats();
        float[] change = new float[a.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = a[i] - b[i];
        }
        return Tensor.of(before.shape(), change);
    }

    /** The compiled programs belong to the engine, and outlive the run. */
    @Override
    public void close() {}
}
