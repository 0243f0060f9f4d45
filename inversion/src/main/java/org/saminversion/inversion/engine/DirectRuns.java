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
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.invertibility.MaskSet;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.DirectSettings;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.method.Start;
import org.saminversion.inversion.space.LatentSpace;

/** Optimisations of W+ and feature deltas towards the paper's objective: its own method, single spaces, and the hybrid. */
record DirectRuns(EngineInputs inputs, EnginePrograms programs, Encoders encoders)
        implements MethodRuns<InversionMethod> {
    private record Item(SortedMap<LatentSpace, Tensor> masks, Map<String, String> provenance)
            implements OptimisationRun.Item {
        @Override
        public Latents latents(Map<String, Tensor> variables) {
            SortedMap<LatentSpace, Tensor> deltas = new TreeMap<>();
            masks.keySet().forEach(space -> deltas.put(space, variables.get(InversionGraph.delta(space))));
            return new Latents(variables.get(InversionGraph.WPLUS), deltas, masks, provenance);
        }
    }

    private static DirectSettings settings(InversionMethod method) {
        if (method instanceof InversionMethod.SpatiallyAdaptive adaptive) {
            return adaptive.settings();
        }
        return ((InversionMethod.SingleSpace) method).settings();
    }

    private static Start start(InversionMethod method) {
        if (method instanceof InversionMethod.SpatiallyAdaptive adaptive) {
            return adaptive.start();
        }
        return ((InversionMethod.SingleSpace) method).start();
    }

    @Override
    public boolean sharesProgram(InversionMethod first, InversionMethod second) {
        return settings(first).equals(settings(second));
    }

    @Override
    public BatchRun start(List<Job<InversionMethod>> jobs) {
        List<OptimisationState> states = jobs.stream()
                .map(job -> {
                    Map<String, Tensor> values = new LinkedHashMap<>(inputs.start(1));
                    if (start(job.method()) == Start.ENCODER) {
                        values.put(
                                InversionGraph.WPLUS,
                                encoders.onePass(job.request().photograph()));
                    }
                    return OptimisationState.start(values);
                })
                .toList();
        return run(jobs, TensorBatch.of(states));
    }

    @Override
    public BatchRun resume(List<Job<InversionMethod>> jobs, List<byte[]> checkpoints) {
        int steps = jobs.get(0).request().settings().steps();
        return run(
                jobs,
                TensorBatch.of(checkpoints.stream()
                        .map(checkpoint -> Checkpoint.read(checkpoint, inputs.start(1), steps))
                        .toList()));
    }

    private OptimisationRun run(List<Job<InversionMethod>> jobs, OptimisationState state) {
        List<Item> items = new ArrayList<>();
        List<Tensor> targets = new ArrayList<>();
        List<SortedMap<LatentSpace, Tensor>> masks = new ArrayList<>();
        for (Job<InversionMethod> job : jobs) {
            InversionRequest request = job.request();
            SortedMap<LatentSpace, Tensor> own =
                    inputs.masks(job.method(), request.settings().tau(), request.map());
            masks.add(own);
            targets.add(ImageTensors.toTensor(inputs.networks().layout().target(request.photograph())));
            items.add(new Item(new MaskSet(own).inUse().masks(), job.provenance()));
        }
        InversionSettings first = jobs.get(0).request().settings();
        Map<String, Tensor> data = new HashMap<>(inputs.noise(first.seed()));
        data.put(InversionGraph.TARGET, TensorBatch.of(targets));
        for (LatentSpace space : inputs.spaces()) {
            data.put(
                    InversionGraph.mask(space),
                    TensorBatch.of(masks.stream().map(own -> own.get(space)).toList()));
        }
        DirectSettings settings = settings(jobs.get(0).method());
        OptimisationLoop loop = programs.optimisation(jobs.size(), settings.schedule(), settings.weights());
        return new OptimisationRun(loop, state, data, OptimisationRun.PerStep.NONE, items, first.steps());
    }
}
