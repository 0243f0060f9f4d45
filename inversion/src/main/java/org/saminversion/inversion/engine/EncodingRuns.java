package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;

/** What an encoder gives, a pass per step. */
record EncodingRuns(EngineInputs inputs, EnginePrograms programs, Encoders encoders)
        implements MethodRuns<InversionMethod.Encoding> {
    @Override
    public boolean sharesProgram(InversionMethod.Encoding first, InversionMethod.Encoding second) {
        return first.equals(second);
    }

    @Override
    public BatchRun start(List<Job<InversionMethod.Encoding>> jobs) {
        return new SideBySide(jobs.stream()
                .map(job -> run(job, encoders.average(job.method().kinds()), 0))
                .toList());
    }

    @Override
    public BatchRun resume(List<Job<InversionMethod.Encoding>> jobs, List<byte[]> checkpoints) {
        List<EncodingRun> runs = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Job<InversionMethod.Encoding> job = jobs.get(i);
            Tensor like = encoders.average(job.method().kinds());
            OptimisationState state = Checkpoint.read(
                    checkpoints.get(i),
                    Map.of(InversionGraph.WPLUS, like),
                    job.request().settings().steps());
            runs.add(run(job, state.values().get(InversionGraph.WPLUS), state.step()));
        }
        return new SideBySide(runs);
    }

    private EncodingRun run(Job<InversionMethod.Encoding> job, Tensor codes, int step) {
        return new EncodingRun(new ReconstructionLosses(inputs, programs), encoders, job, codes, step);
    }
}
