package org.saminversion.inversion.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.MaskSet;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.space.LatentSpace;

/** Style vectors and deltas of one photograph in one pass. The losses of the step are those of the start, the mean of W. */
final class AdaptiveEncodingRun implements BatchRun {
    private final EngineInputs inputs;
    private final EnginePrograms programs;
    private final Encoders encoders;
    private final MethodRuns.Job<InversionMethod.AdaptiveEncoding> job;
    private final SortedMap<LatentSpace, Tensor> masks;
    private Map<String, Tensor> values;
    private int step;

    /** @param values style vectors and deltas after {@code step} steps, by the names of {@link InversionGraph} */
    AdaptiveEncodingRun(
            EngineInputs inputs,
            EnginePrograms programs,
            Encoders encoders,
            MethodRuns.Job<InversionMethod.AdaptiveEncoding> job,
            Map<String, Tensor> values,
            int step) {
        this.inputs = inputs;
        this.programs = programs;
        this.encoders = encoders;
        this.job = job;
        this.masks = inputs.masks(
                job.method(), job.request().settings().tau(), job.request().map());
        this.values = values;
        this.step = step;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public int steps() {
        return job.request().settings().steps();
    }

    /** One pass gives all there is: further steps would give the same again, and cost nothing. */
    @Override
    public List<List<StepLosses>> advance(int stepsMax) {
        RgbImage photograph = job.request().photograph();
        StepLosses losses = new ReconstructionLosses(inputs, programs).of(latents(0), photograph, step);
        if (step == 0) {
            Tensor wplus = encoders.onePass(photograph);
            Tensor target = ImageTensors.toTensor(inputs.networks().layout().target(photograph));
            Map<String, Tensor> encoded = new LinkedHashMap<>();
            encoded.put(InversionGraph.WPLUS, wplus);
            encoders.deltas(target, wplus, masks)
                    .forEach((space, delta) -> encoded.put(InversionGraph.delta(space), delta));
            values = encoded;
        }
        step = Math.min(steps(), step + stepsMax);
        return List.of(List.of(losses));
    }

    @Override
    public byte[] checkpoint(int photograph) {
        OptimisationState state = OptimisationState.start(values);
        return Checkpoint.write(
                new OptimisationState(state.values(), state.firstMoments(), state.secondMoments(), step));
    }

    @Override
    public Latents latents(int photograph) {
        SortedMap<LatentSpace, Tensor> used = new MaskSet(masks).inUse().masks();
        SortedMap<LatentSpace, Tensor> deltas = new TreeMap<>();
        used.keySet().forEach(space -> deltas.put(space, values.get(InversionGraph.delta(space))));
        return new Latents(values.get(InversionGraph.WPLUS), deltas, used, job.provenance());
    }

    /** The compiled programs belong to the engine. */
    @Override
    public void close() {}
}
