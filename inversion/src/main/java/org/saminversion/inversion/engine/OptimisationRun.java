package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.space.LatentSpace;

/** A run of the compiled optimisation loop for a batch of photographs. */
final class OptimisationRun implements BatchRun {
    private static final int REPORTED = 6;

    /**
     * What latents say besides the variables.
     *
     * @param masks [1,1,r,r] of the spaces in use
     */
    record Item(SortedMap<LatentSpace, Tensor> masks, Map<String, String> provenance) {}

    private final OptimisationLoop loop;
    private final Map<String, Tensor> data;
    private final List<Item> items;
    private final int steps;
    private final Map<Integer, StepLosses> lost = new TreeMap<>();
    private OptimisationState state;

    OptimisationRun(
            OptimisationLoop loop, OptimisationState state, Map<String, Tensor> data, List<Item> items, int steps) {
        this.loop = loop;
        this.state = state;
        this.data = data;
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

    @Override
    public List<List<StepLosses>> advance(int stepsMax) {
        int count = Math.min(stepsMax, steps - state.step());
        List<List<StepLosses>> losses = new ArrayList<>();
        if (count <= 0) {
            items.forEach(item -> losses.add(List.of()));
            return losses;
        }
        OptimisationLoop.Outcome outcome = loop.run(state, data, count, steps);
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

    /** @throws JobFailure.Poisoned if the photograph's loss is no longer a finite number */
    void requireFinite(int photograph) {
        if (lost.containsKey(photograph)) {
            throw new JobFailure.Poisoned("the loss is no longer a finite number at step "
                    + lost.get(photograph).step()
                    + ": the weights of the bundle are damaged, or the photograph drives them out of range");
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
        Item item = items.get(photograph);
        SortedMap<LatentSpace, Tensor> deltas = new TreeMap<>();
        item.masks()
                .keySet()
                .forEach(space -> deltas.put(
                        space, TensorBatch.item(state.values().get(InversionGraph.delta(space)), photograph)));
        Tensor wplus = TensorBatch.item(state.values().get(InversionGraph.WPLUS), photograph);
        return new Latents(wplus, deltas, item.masks(), item.provenance());
    }

    /** The compiled program belongs to the engine, and outlives the run. */
    @Override
    public void close() {}
}
