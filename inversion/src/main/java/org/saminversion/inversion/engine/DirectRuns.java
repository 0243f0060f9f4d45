package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
        SortedSet<LatentSpace> spaces = spaces(jobs);
        return run(
                jobs,
                spaces,
                TensorBatch.of(jobs.stream().map(job -> fromStart(job, spaces)).toList()));
    }

    @Override
    public BatchRun resume(List<Job<InversionMethod>> jobs, List<byte[]> checkpoints) {
        SortedSet<LatentSpace> spaces = spaces(jobs);
        List<OptimisationState> states = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Job<InversionMethod> job = jobs.get(i);
            OptimisationState read = Checkpoint.read(
                    checkpoints.get(i),
                    fromMean(job, spaces(List.of(job))),
                    job.request().settings().steps());
            states.add(widened(read, fromMean(job, spaces)));
        }
        return run(jobs, spaces, TensorBatch.of(states));
    }

    private OptimisationState fromStart(Job<InversionMethod> job, SortedSet<LatentSpace> spaces) {
        Map<String, Tensor> values = inputs.start(1, spaces);
        Start start = start(job.method());
        if (start != Start.MEAN) {
            Tensor wplus = encoders.onePass(job.request().photograph());
            values.put(InversionGraph.WPLUS, wplus);
            if (start == Start.DELTAS) {
                SortedMap<LatentSpace, Tensor> masks = masks(job);
                Tensor target = ImageTensors.toTensor(
                        inputs.networks().layout().target(job.request().photograph()));
                encoders.deltas(target, wplus, masks)
                        .forEach((space, delta) ->
                                values.replace(InversionGraph.delta(space), withinMask(delta, masks.get(space))));
            }
        }
        return settings(job.method()).descent().start(values);
    }

    /** Zero where the mask is: there a delta shows nowhere, but its size would count in the objective. @param delta [1,C,r,r] */
    private static Tensor withinMask(Tensor delta, Tensor mask) {
        float[] values = delta.toFloats();
        float[] weights = mask.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (weights[i % weights.length] == 0) {
                values[i] = 0;
            }
        }
        return Tensor.of(delta.shape(), values);
    }

    private OptimisationState fromMean(Job<InversionMethod> job, SortedSet<LatentSpace> spaces) {
        return settings(job.method()).descent().start(inputs.start(1, spaces));
    }

    /** The state with what a larger batch adds, which has no influence on it. */
    private static OptimisationState widened(OptimisationState own, OptimisationState start) {
        return new OptimisationState(
                over(start.values(), own.values()),
                over(start.firstMoments(), own.firstMoments()),
                over(start.secondMoments(), own.secondMoments()),
                own.step());
    }

    private static Map<String, Tensor> over(Map<String, Tensor> all, Map<String, Tensor> own) {
        Map<String, Tensor> result = new LinkedHashMap<>(all);
        result.putAll(own);
        return result;
    }

    /**
     * The feature spaces that the jobs' program has. Where steps cost time for every variable, the spaces behind the last one in use
     * are left out; not each that is unused, so that there are few programs.
     */
    private SortedSet<LatentSpace> spaces(List<Job<InversionMethod>> jobs) {
        if (!settings(jobs.get(0).method()).descent().movesTogether()) {
            return inputs.spaces();
        }
        SortedSet<LatentSpace> some = new TreeSet<>(inputs.spaces());
        while (!some.isEmpty() && jobs.stream().noneMatch(job -> uses(job, some.last()))) {
            some.remove(some.last());
        }
        return some;
    }

    private boolean uses(Job<InversionMethod> job, LatentSpace space) {
        return new MaskSet(masks(job)).inUse().masks().containsKey(space);
    }

    private SortedMap<LatentSpace, Tensor> masks(Job<InversionMethod> job) {
        InversionRequest request = job.request();
        return inputs.masks(job.method(), request.settings().tau(), request.map());
    }

    private OptimisationRun run(
            List<Job<InversionMethod>> jobs, SortedSet<LatentSpace> spaces, OptimisationState state) {
        List<Item> items = new ArrayList<>();
        List<Tensor> targets = new ArrayList<>();
        List<SortedMap<LatentSpace, Tensor>> masks = new ArrayList<>();
        for (Job<InversionMethod> job : jobs) {
            SortedMap<LatentSpace, Tensor> own = masks(job);
            masks.add(own);
            targets.add(ImageTensors.toTensor(
                    inputs.networks().layout().target(job.request().photograph())));
            items.add(new Item(new MaskSet(own).inUse().masks(), job.provenance()));
        }
        InversionSettings first = jobs.get(0).request().settings();
        Map<String, Tensor> data = new HashMap<>(inputs.noise(first.seed()));
        data.put(InversionGraph.TARGET, TensorBatch.of(targets));
        for (LatentSpace space : spaces) {
            data.put(
                    InversionGraph.mask(space),
                    TensorBatch.of(masks.stream().map(own -> own.get(space)).toList()));
        }
        DirectSettings settings = settings(jobs.get(0).method());
        OptimisationLoop loop = programs.optimisation(spaces, jobs.size(), settings.descent(), settings.weights());
        return new OptimisationRun(loop, state, data, OptimisationRun.PerStep.NONE, items, first.steps());
    }
}
