package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.latent.Latents;

/** A run of the compiled optimisation loop for a batch of photographs. */
final class OptimisationRun implements BatchRun {
    private static final int REPORTED = 6;

    /** Makes latents of the variables of one photograph. */
    @FunctionalInterface
    interface Item {
        Latents latents(Map<String, Tensor> variables);
    }

    /** Gives what changes from step to step, see {@link OptimisationLoop#perStep()}. */
    @FunctionalInterface
    interface PerStep {
        PerStep NONE = (firstStep, count) -> Map.of();

        Map<String, Tensor> values(int firstStep, int count);
    }

    private final OptimisationLoop loop;
    private final Map<String, Tensor> data;
    private final PerStep perStep;
    private final List<? extends Item> items;
    private final int steps;
    private final Map<Integer, StepLosses> lost = new TreeMap<>();
    private OptimisationState state;

    OptimisationRun(
            OptimisationLoop loop,
            OptimisationState state,
            Map<String, Tensor> data,
            PerStep perStep,
            List<? extends Item> items,
            int steps) {
        this.loop = loop;
        this.state = state;
        this.data = data;
        this.perStep = perStep;
        this.items = items;
        this.steps = steps;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public int step() {
        return state.step();
    }

    @Override
    public int steps() {
        return steps;
    }

    OptimisationState state() {
        return state;
    }

    @Override
    public List<List<StepLosses>> advance(int stepsMax) {
        int count = Math.min(stepsMax, steps - state.step());
        List<List<StepLosses>> losses = new ArrayList<>();
        if (count <= 0) {
            items.forEach(item -> losses.add(List.of()));
            return losses;
        }
        Map<String, Tensor> values = new HashMap<>(data);
        values.putAll(perStep.values(state.step(), count));
        OptimisationLoop.Outcome outcome = loop.run(state, values, count, steps);
        double[] reports = outcome.reports().toDoubles();
        for (int photograph = 0; photograph < size(); photograph++) {
            List<StepLosses> own = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                StepLosses loss = losses(reports, i, photograph);
                own.add(loss);
                if (!Double.isFinite(loss.total())) {
                    lost.putIfAbsent(photograph, loss);
                }
            }
            losses.add(own);
        }
        state = outcome.state();
        return losses;
    }

    /** @param reports [steps, 6, N] */
    private StepLosses losses(double[] reports, int offset, int photograph) {
        double[] terms = new double[REPORTED];
        for (int term = 0; term < REPORTED; term++) {
            terms[term] = reports[(offset * REPORTED + term) * size() + photograph];
        }
        return new StepLosses(state.step() + offset, terms[0], terms[1], terms[2], terms[3], terms[4], terms[5]);
    }

    private void requireFinite(int photograph) {
        if (lost.containsKey(photograph)) {
            lost.get(photograph).requireFinite();
        }
    }

    @Override
    public byte[] checkpoint(int photograph) {
        requireFinite(photograph);
        return Checkpoint.write(TensorBatch.item(state, photograph));
    }

    @Override
    public Latents latents(int photograph) {
        requireFinite(photograph);
        return items.get(photograph).latents(TensorBatch.item(state, photograph).values());
    }

    /** The compiled program belongs to the engine, and outlives the run. */
    @Override
    public void close() {}
}
