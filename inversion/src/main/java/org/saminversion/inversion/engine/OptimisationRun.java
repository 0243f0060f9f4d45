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

/** A run of the compiled optimisation loop for one photograph. */
final class OptimisationRun implements InversionRun {
    private static final int REPORTED = 6;

    private final OptimisationLoop loop;
    private final Map<String, Tensor> data;
    private final SortedMap<LatentSpace, Tensor> masks;
    private final Map<String, String> provenance;
    private final int steps;
    private OptimisationState state;

    /** @param masks of the spaces in use, which the latents will hold */
    OptimisationRun(
            OptimisationLoop loop,
            OptimisationState state,
            Map<String, Tensor> data,
            SortedMap<LatentSpace, Tensor> masks,
            Map<String, String> provenance,
            int steps) {
        this.loop = loop;
        this.state = state;
        this.data = data;
        this.masks = masks;
        this.provenance = provenance;
        this.steps = steps;
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
    public List<StepLosses> advance(int stepsMax) {
        int count = Math.min(stepsMax, steps - state.step());
        if (count <= 0) {
            return List.of();
        }
        OptimisationLoop.Outcome outcome = loop.run(state, data, count, steps);
        double[] numbers = outcome.reports().toDoubles();
        List<StepLosses> losses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = i * REPORTED;
            StepLosses loss = new StepLosses(
                    state.step() + i,
                    numbers[at],
                    numbers[at + 1],
                    numbers[at + 2],
                    numbers[at + 3],
                    numbers[at + 4],
                    numbers[at + 5]);
            if (!Double.isFinite(loss.total())) {
                throw new JobFailure.Poisoned("the loss is no longer a finite number at step " + loss.step()
                        + ": the weights of the bundle are" + " damaged, or the photograph drives them out of range");
            }
            losses.add(loss);
        }
        state = outcome.state();
        return losses;
    }

    @Override
    public byte[] checkpoint() {
        return Checkpoint.write(state);
    }

    @Override
    public Latents latents() {
        SortedMap<LatentSpace, Tensor> deltas = new TreeMap<>();
        masks.keySet().forEach(space -> deltas.put(space, state.values().get(InversionGraph.delta(space))));
        return new Latents(state.values().get(InversionGraph.WPLUS), deltas, masks, provenance);
    }

    /** The compiled program belongs to the engine, and outlives the run. */
    @Override
    public void close() {}
}
