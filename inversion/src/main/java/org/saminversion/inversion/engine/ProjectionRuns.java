package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.method.ProjectionGraph;
import org.saminversion.inversion.method.ProjectionSettings;

/** StyleGAN2's projector, in W or W+. */
record ProjectionRuns(EngineInputs inputs, EnginePrograms programs) implements MethodRuns<InversionMethod.Projection> {
    private record Item(int styles, Map<String, String> provenance) implements OptimisationRun.Item {
        @Override
        public Latents latents(Map<String, Tensor> variables) {
            SortedMap<String, Tensor> noise = new TreeMap<>(variables);
            Tensor w = noise.remove(InversionGraph.WPLUS);
            return new Latents(
                    repeated(w, styles), new TreeMap<>(), new TreeMap<>(), noise, new TreeMap<>(), provenance);
        }
    }

    /** One style vector for every layer. @param w [1,1,w_dim] or [1,L,w_dim] already */
    static Tensor repeated(Tensor w, int styles) {
        int width = w.shape().size(2);
        if (w.shape().size(1) == styles) {
            return w;
        }
        float[] one = w.toFloats();
        float[] all = new float[styles * width];
        for (int style = 0; style < styles; style++) {
            System.arraycopy(one, 0, all, style * width, width);
        }
        return Tensor.of(Shape.of(1, styles, width), all);
    }

    @Override
    public boolean sharesProgram(InversionMethod.Projection first, InversionMethod.Projection second) {
        return first.settings().equals(second.settings());
    }

    @Override
    public OptimisationRun start(List<Job<InversionMethod.Projection>> jobs) {
        List<OptimisationState> states = jobs.stream()
                .map(job -> OptimisationState.start(variables(job.method().settings(), job.seed())))
                .toList();
        return run(jobs, TensorBatch.of(states));
    }

    @Override
    public OptimisationRun resume(List<Job<InversionMethod.Projection>> jobs, List<byte[]> checkpoints) {
        List<OptimisationState> states = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Job<InversionMethod.Projection> job = jobs.get(i);
            states.add(Checkpoint.read(
                    checkpoints.get(i),
                    variables(job.method().settings(), job.seed()),
                    job.request().settings().steps()));
        }
        return run(jobs, TensorBatch.of(states));
    }

    /** The mean of W, and noise drawn from the seed. */
    private Map<String, Tensor> variables(ProjectionSettings settings, long seed) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        Tensor mean = inputs.meanOfW();
        Tensor w = mean.reshape(1, 1, mean.shape().elements());
        values.put(InversionGraph.WPLUS, settings.perLayer() ? repeated(w, styles()) : w);
        SplittableRandom random = new SplittableRandom(seed);
        ProjectionGraph.noises(inputs.networks(), settings)
                .forEach((name, shape) -> values.put(name, StepDraws.start(random, shape)));
        return values;
    }

    private int styles() {
        return inputs.networks().generator().styles();
    }

    private OptimisationRun run(List<Job<InversionMethod.Projection>> jobs, OptimisationState state) {
        ProjectionSettings settings = jobs.get(0).method().settings();
        InversionSettings first = jobs.get(0).request().settings();
        List<Item> items = new ArrayList<>();
        List<Tensor> targets = new ArrayList<>();
        List<Long> seeds = new ArrayList<>();
        for (Job<InversionMethod.Projection> job : jobs) {
            targets.add(ImageTensors.toTensor(
                    inputs.networks().layout().target(job.request().photograph())));
            items.add(new Item(styles(), job.provenance()));
            seeds.add(job.seed());
        }
        Map<String, Tensor> data = new HashMap<>(settings.optimiseNoise() ? Map.of() : inputs.noise(first.seed()));
        data.put(InversionGraph.TARGET, TensorBatch.of(targets));
        Shape one = Shape.of(
                1,
                settings.perLayer() ? styles() : 1,
                inputs.networks().generator().wDimension());
        return new OptimisationRun(
                programs.projection(jobs.size(), settings),
                state,
                data,
                (firstStep, count) -> Map.of(ProjectionGraph.LATENT_NOISE, StepDraws.of(seeds, firstStep, count, one)),
                items,
                first.steps());
    }
}
