package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.latent.Provenance;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.network.NoiseMode;

/** Sets up runs of any method for the photographs of one program. */
record InversionRuns(ModelBundle bundle, EngineInputs inputs, EnginePrograms programs, Encoders encoders) {
    private static final String ENGINE_VERSION = "1";

    BatchRun start(List<InversionRequest> requests) {
        return runs(requests).start(jobs(requests));
    }

    BatchRun resume(List<InversionRequest> requests, List<byte[]> checkpoints) {
        if (checkpoints.size() != requests.size()) {
            throw new IllegalArgumentException(
                    requests.size() + " requests cannot go on from " + checkpoints.size() + " checkpoints");
        }
        MethodRuns<InversionMethod> runs = runs(requests);
        int steps = requests.get(0).settings().steps();
        List<Integer> at = checkpoints.stream()
                .map(checkpoint -> Checkpoint.step(checkpoint, steps))
                .distinct()
                .toList();
        if (at.size() > 1) {
            throw new JobFailure.Rejected(
                    "checkpoint-invalid",
                    "checkpoints at the steps " + at + " cannot go on in one batch; resume them one by one");
        }
        return runs.resume(jobs(requests), checkpoints);
    }

    /** The method of the settings. @throws JobFailure.Rejected if the bundle has no such method */
    InversionMethod method(InversionSettings settings) {
        return InversionMethods.parse(settings.method(), settings.chosen(), bundle.description());
    }

    /** @throws IllegalArgumentException if there are no requests, or they cannot share a program */
    private MethodRuns<InversionMethod> runs(List<InversionRequest> requests) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one photograph");
        }
        InversionSettings first = requests.get(0).settings();
        InversionMethod method = method(first);
        MethodRuns<InversionMethod> runs = of(method);
        boolean seeded = inputs.networks().noiseMode() == NoiseMode.RANDOM;
        for (InversionRequest request : requests) {
            InversionSettings settings = request.settings();
            InversionMethod other = method(settings);
            boolean fits = settings.steps() == first.steps()
                    && (!seeded || settings.seed() == first.seed())
                    && of(other).getClass() == runs.getClass()
                    && runs.sharesProgram(method, other);
            if (!fits) {
                throw new IllegalArgumentException(
                        "the photographs of a batch share one program: " + settings + " does not go with " + first);
            }
        }
        return runs;
    }

    /** Each family casts to its own methods only. */
    @SuppressWarnings("unchecked")
    private MethodRuns<InversionMethod> of(InversionMethod method) {
        MethodRuns<? extends InversionMethod> runs;
        if (method instanceof InversionMethod.Projection) {
            runs = new ProjectionRuns(inputs, programs);
        } else if (method instanceof InversionMethod.PivotalTuning) {
            runs = new PivotalTuningRuns(inputs, programs);
        } else if (method instanceof InversionMethod.AdaptiveEncoding) {
            runs = new AdaptiveEncodingRuns(inputs, programs, encoders);
        } else if (method instanceof InversionMethod.Encoding) {
            runs = new EncodingRuns(inputs, programs, encoders);
        } else {
            runs = new DirectRuns(inputs, programs, encoders);
        }
        return (MethodRuns<InversionMethod>) runs;
    }

    private List<MethodRuns.Job<InversionMethod>> jobs(List<InversionRequest> requests) {
        List<MethodRuns.Job<InversionMethod>> jobs = new ArrayList<>();
        for (InversionRequest request : requests) {
            jobs.add(new MethodRuns.Job<>(request, method(request.settings()), provenance(request.settings())));
        }
        return jobs;
    }

    private Map<String, String> provenance(InversionSettings settings) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put(Provenance.BUNDLE, bundle.name());
        provenance.put(Provenance.BUNDLE_SHA256, bundle.sha256());
        provenance.put(Provenance.GENERATOR_SHA256, bundle.generatorSha256());
        provenance.put(Provenance.METHOD, settings.method());
        provenance.put(Provenance.TAU, Double.toString(settings.tau()));
        provenance.put(Provenance.SEED, Long.toString(settings.seed()));
        provenance.put(Provenance.STEPS, Integer.toString(settings.steps()));
        provenance.put(Provenance.ENGINE_VERSION, ENGINE_VERSION);
        provenance.put(Provenance.FORMULATION, name(inputs.networks().formulation()));
        provenance.put(Provenance.NOISE, name(inputs.networks().noiseMode()));
        provenance.put(Provenance.CLAMP_GRADIENT, name(inputs.networks().clampGradient()));
        new TreeMap<>(settings.chosen().chosen())
                .forEach((name, value) -> provenance.put(Provenance.SETTING + name, Double.toString(value)));
        return provenance;
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
