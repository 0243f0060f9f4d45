package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;

/** Passes of an encoder over one photograph. The losses of a pass are those of the reconstruction that it starts from. */
final class EncodingRun implements BatchRun {
    private final EngineInputs inputs;
    private final EnginePrograms programs;
    private final Encoders encoders;
    private final MethodRuns.Job<InversionMethod.Encoding> job;
    private Tensor codes;
    private int step;

    /** @param codes [1,L,w_dim] after {@code step} passes */
    EncodingRun(
            EngineInputs inputs,
            EnginePrograms programs,
            Encoders encoders,
            MethodRuns.Job<InversionMethod.Encoding> job,
            Tensor codes,
            int step) {
        this.inputs = inputs;
        this.programs = programs;
        this.encoders = encoders;
        this.job = job;
        this.codes = codes;
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

    @Override
    public List<List<StepLosses>> advance(int stepsMax) {
        List<StepLosses> losses = new ArrayList<>();
        for (int i = 0; i < stepsMax && step < steps(); i++) {
            losses.add(new ReconstructionLosses(inputs, programs)
                    .of(latents(0), job.request().photograph(), step));
            codes = encoders.pass(job.method().kinds(), job.request().photograph(), codes);
            step++;
        }
        return List.of(losses);
    }

    @Override
    public byte[] checkpoint(int photograph) {
        OptimisationState state = OptimisationState.start(Map.of(InversionGraph.WPLUS, codes));
        return Checkpoint.write(
                new OptimisationState(state.values(), state.firstMoments(), state.secondMoments(), step));
    }

    @Override
    public Latents latents(int photograph) {
        return new Latents(codes, new TreeMap<>(), new TreeMap<>(), job.provenance());
    }

    /** The compiled programs belong to the engine. */
    @Override
    public void close() {}
}
