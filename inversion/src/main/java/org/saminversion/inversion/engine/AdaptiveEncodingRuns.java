package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.method.InversionMethod;

/** The paper's encoder setting, photographs one by one. */
record AdaptiveEncodingRuns(EngineInputs inputs, EnginePrograms programs, Encoders encoders)
        implements MethodRuns<InversionMethod.AdaptiveEncoding> {
    @Override
    public boolean sharesProgram(InversionMethod.AdaptiveEncoding first, InversionMethod.AdaptiveEncoding second) {
        return true;
    }

    @Override
    public BatchRun start(List<Job<InversionMethod.AdaptiveEncoding>> jobs) {
        return new SideBySide(
                jobs.stream().map(job -> run(job, inputs.start(1), 0)).toList());
    }

    @Override
    public BatchRun resume(List<Job<InversionMethod.AdaptiveEncoding>> jobs, List<byte[]> checkpoints) {
        List<AdaptiveEncodingRun> runs = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            int steps = jobs.get(i).request().settings().steps();
            OptimisationState state = Checkpoint.read(checkpoints.get(i), inputs.start(1), steps);
            runs.add(run(jobs.get(i), state.values(), state.step()));
        }
        return new SideBySide(runs);
    }

    private AdaptiveEncodingRun run(Job<InversionMethod.AdaptiveEncoding> job, Map<String, Tensor> values, int step) {
        return new AdaptiveEncodingRun(inputs, programs, encoders, job, values, step);
    }
}
