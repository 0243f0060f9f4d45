package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.method.TuningSettings;
import org.saminversion.inversion.network.VariableParameters;

/** Pivotal tuning: every photograph has a generator of its own, so each runs alone. */
record PivotalTuningRuns(EngineInputs inputs, EnginePrograms programs)
        implements MethodRuns<InversionMethod.PivotalTuning> {
    @Override
    public boolean sharesProgram(InversionMethod.PivotalTuning first, InversionMethod.PivotalTuning second) {
        return first.settings().equals(second.settings());
    }

    @Override
    public BatchRun start(List<Job<InversionMethod.PivotalTuning>> jobs) {
        return new SideBySide(jobs.stream()
                .map(job -> {
                    Stages stages = stages(job);
                    return new PivotalTuningRun(stages.pivot.start(List.of(stages.pivotJob)), tuning(job));
                })
                .toList());
    }

    @Override
    public BatchRun resume(List<Job<InversionMethod.PivotalTuning>> jobs, List<byte[]> checkpoints) {
        List<PivotalTuningRun> runs = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            runs.add(resume(jobs.get(i), checkpoints.get(i)));
        }
        return new SideBySide(runs);
    }

    private PivotalTuningRun resume(Job<InversionMethod.PivotalTuning> job, byte[] checkpoint) {
        Stages stages = stages(job);
        PivotalTuningRun.Tuning tuning = tuning(job);
        if (Checkpoint.step(checkpoint, job.request().settings().steps()) < tuning.pivotSteps()) {
            return new PivotalTuningRun(stages.pivot.resume(List.of(stages.pivotJob), List.of(checkpoint)), tuning);
        }
        OptimisationState state = Checkpoint.read(
                checkpoint,
                tuning.start(inputs.start(1).get(InversionGraph.WPLUS)).values(),
                tuning.steps());
        return new PivotalTuningRun(tuning, state);
    }

    private record Stages(ProjectionRuns pivot, MethodRuns.Job<InversionMethod.Projection> pivotJob) {}

    /** The pivot is found by StyleGAN2's projector; the noise maps that it finds are thrown away. */
    private Stages stages(Job<InversionMethod.PivotalTuning> job) {
        TuningSettings settings = job.method().settings();
        InversionSettings all = job.request().settings();
        InversionRequest request = new InversionRequest(
                job.request().photograph(), all.withSteps(settings.pivotSteps(all.steps())), Optional.empty());
        return new Stages(
                new ProjectionRuns(inputs, programs),
                new MethodRuns.Job<>(request, new InversionMethod.Projection(settings.pivot()), job.provenance()));
    }

    private PivotalTuningRun.Tuning tuning(Job<InversionMethod.PivotalTuning> job) {
        TuningSettings settings = job.method().settings();
        OptimisationLoop loop = programs.tuning(settings);
        int steps = job.request().settings().steps();
        return new PivotalTuningRun.Tuning(
                loop,
                settings,
                Map.copyOf(VariableParameters.trained(inputs.networks().styleGan2())),
                ImageTensors.toTensor(
                        inputs.networks().layout().fullSize(job.request().photograph())),
                inputs.networks().styleGan2().zDimension(),
                inputs.networks().generator().styles(),
                job.seed(),
                settings.pivotSteps(steps),
                steps,
                job.provenance());
    }
}
