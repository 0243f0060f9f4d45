package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;

/** Passes of an encoder over one photograph. The losses of a pass are those of the reconstruction that it starts from. */
final class EncodingRun extends EncoderRun<InversionMethod.Encoding> {
    private final Encoders encoders;
    private Tensor codes;

    /** @param codes [1,L,w_dim] after {@code step} passes */
    EncodingRun(
            ReconstructionLosses losses,
            Encoders encoders,
            MethodRuns.Job<InversionMethod.Encoding> job,
            Tensor codes,
            int step) {
        super(losses, job, step);
        this.encoders = encoders;
        this.codes = codes;
    }

    @Override
    public List<List<StepLosses>> advance(int stepsMax) {
        List<StepLosses> losses = new ArrayList<>();
        for (int i = 0; i < stepsMax && step() < steps(); i++) {
            losses.add(losses());
            codes = encoders.pass(job().method().kinds(), job().request().photograph(), codes);
            stepped(1);
        }
        return List.of(losses);
    }

    @Override
    Map<String, Tensor> values() {
        return Map.of(InversionGraph.WPLUS, codes);
    }

    @Override
    public Latents latents(int photograph) {
        return new Latents(codes, new TreeMap<>(), new TreeMap<>(), job().provenance());
    }
}
