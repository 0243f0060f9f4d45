package org.saminversion.inversion.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.MaskSet;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.space.LatentSpace;

/** Style vectors and deltas of one photograph in one pass. The losses of the step are those of the start, the mean of W. */
final class AdaptiveEncodingRun extends EncoderRun<InversionMethod.AdaptiveEncoding> {
    private final EngineInputs inputs;
    private final Encoders encoders;
    private final SortedMap<LatentSpace, Tensor> masks;
    private Map<String, Tensor> values;

    /** @param values style vectors and deltas after {@code step} steps, by the names of {@link InversionGraph} */
    AdaptiveEncodingRun(
            EngineInputs inputs,
            EnginePrograms programs,
            Encoders encoders,
            MethodRuns.Job<InversionMethod.AdaptiveEncoding> job,
            Map<String, Tensor> values,
            int step) {
        super(new ReconstructionLosses(inputs, programs), job, step);
        this.inputs = inputs;
        this.encoders = encoders;
        this.masks = inputs.masks(
                job.method(), job.request().settings().tau(), job.request().map());
        this.values = values;
    }

    /** One pass gives all there is: further steps would give the same again, and cost nothing. */
    @Override
    public List<List<StepLosses>> advance(int stepsMax) {
        StepLosses losses = losses();
        if (step() == 0) {
            RgbImage photograph = job().request().photograph();
            Tensor wplus = encoders.onePass(photograph);
            Tensor target = ImageTensors.toTensor(inputs.networks().layout().target(photograph));
            Map<String, Tensor> encoded = new LinkedHashMap<>();
            encoded.put(InversionGraph.WPLUS, wplus);
            encoders.deltas(target, wplus, masks)
                    .forEach((space, delta) -> encoded.put(InversionGraph.delta(space), delta));
            values = encoded;
        }
        stepped(stepsMax);
        return List.of(List.of(losses));
    }

    @Override
    Map<String, Tensor> values() {
        return values;
    }

    @Override
    public Latents latents(int photograph) {
        SortedMap<LatentSpace, Tensor> used = new MaskSet(masks).inUse().masks();
        SortedMap<LatentSpace, Tensor> deltas = new TreeMap<>();
        used.keySet().forEach(space -> deltas.put(space, values.get(InversionGraph.delta(space))));
        return new Latents(values.get(InversionGraph.WPLUS), deltas, used, job().provenance());
    }
}
