package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.invertibility.MaskSet;
import org.saminversion.inversion.latent.Provenance;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.space.LatentSpace;

/** Sets up runs of the optimisation for the photographs of one program. */
record InversionRuns(ModelBundle bundle, EngineInputs inputs, EnginePrograms programs) {
    /** The reference's (spec baselines.md section 7). */
    private static final double LEARNING_RATE = 0.05;

    private static final String ENGINE_VERSION = "1";

    OptimisationRun start(List<InversionRequest> requests) {
        requireOneProgram(requests);
        return run(requests, OptimisationState.start(inputs.start(requests.size())));
    }

    OptimisationRun resume(List<InversionRequest> requests, List<byte[]> checkpoints) {
        requireOneProgram(requests);
        if (checkpoints.size() != requests.size()) {
            throw new IllegalArgumentException(
                    requests.size() + " requests cannot go on from " + checkpoints.size() + " checkpoints");
        }
        int steps = requests.get(0).settings().steps();
        List<OptimisationState> states = checkpoints.stream()
                .map(checkpoint -> Checkpoint.read(checkpoint, inputs.start(1), steps))
                .toList();
        List<Integer> at =
                states.stream().map(OptimisationState::step).distinct().toList();
        if (at.size() > 1) {
            throw new JobFailure.Rejected(
                    "checkpoint-invalid",
                    "checkpoints at the steps " + at + " cannot go on in one batch; resume them one by one");
        }
        return run(requests, TensorBatch.of(states));
    }

    private void requireOneProgram(List<InversionRequest> requests) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one photograph");
        }
        InversionSettings first = requests.get(0).settings();
        boolean seeded = inputs.networks().noiseMode() == NoiseMode.RANDOM;
        for (InversionRequest request : requests) {
            InversionSettings settings = request.settings();
            if (settings.steps() != first.steps() || seeded && settings.seed() != first.seed()) {
                throw new IllegalArgumentException(
                        "the photographs of a batch share one program: " + settings + " does not go with " + first);
            }
        }
    }

    private OptimisationRun run(List<InversionRequest> requests, OptimisationState state) {
        List<OptimisationRun.Item> items = new ArrayList<>();
        List<Tensor> targets = new ArrayList<>();
        List<SortedMap<LatentSpace, Tensor>> masks = new ArrayList<>();
        for (InversionRequest request : requests) {
            InversionSettings settings = request.settings();
            InversionMethod method = InversionMethod.parse(
                    settings.method(), bundle.description().candidates());
            SortedMap<LatentSpace, Tensor> own = inputs.masks(method, settings.tau(), request.map());
            masks.add(own);
            targets.add(ImageTensors.toTensor(bundle.description().layout().target(request.photograph())));
            items.add(new OptimisationRun.Item(new MaskSet(own).inUse().masks(), provenance(settings)));
        }
        InversionSettings settings = requests.get(0).settings();
        Map<String, Tensor> data = new HashMap<>(inputs.noise(settings.seed()));
        data.put(InversionGraph.TARGET, TensorBatch.of(targets));
        for (LatentSpace space : inputs.spaces()) {
            data.put(
                    InversionGraph.mask(space),
                    TensorBatch.of(masks.stream().map(own -> own.get(space)).toList()));
        }
        OptimisationLoop loop = programs.optimisation(requests.size(), LEARNING_RATE);
        return new OptimisationRun(loop, state, data, items, settings.steps());
    }

    private Map<String, String> provenance(InversionSettings settings) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put(Provenance.BUNDLE, bundle.name());
        provenance.put(Provenance.BUNDLE_SHA256, bundle.sha256());
        provenance.put(Provenance.METHOD, settings.method());
        provenance.put(Provenance.TAU, Double.toString(settings.tau()));
        provenance.put(Provenance.SEED, Long.toString(settings.seed()));
        provenance.put(Provenance.STEPS, Integer.toString(settings.steps()));
        provenance.put(Provenance.ENGINE_VERSION, ENGINE_VERSION);
        provenance.put(Provenance.FORMULATION, name(inputs.networks().formulation()));
        provenance.put(Provenance.NOISE, name(inputs.networks().noiseMode()));
        provenance.put(Provenance.CLAMP_GRADIENT, name(inputs.networks().clampGradient()));
        return provenance;
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
