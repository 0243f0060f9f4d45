package org.saminversion.inversion.engine;

import java.util.Map;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.method.InversionMethod;

/**
 * What encoders give for one photograph, where nothing is optimised.
 *
 * @param <M> the family of methods
 */
abstract sealed class EncoderRun<M extends InversionMethod> implements BatchRun
        permits EncodingRun, AdaptiveEncodingRun {
    private final ReconstructionLosses losses;
    private final MethodRuns.Job<M> job;
    private int step;

    /** @param step how many steps are done */
    EncoderRun(ReconstructionLosses losses, MethodRuns.Job<M> job, int step) {
        this.losses = losses;
        this.job = job;
        this.step = step;
    }

    /** All that was found so far, by the names of {@link org.saminversion.inversion.method.InversionGraph}. */
    abstract Map<String, Tensor> values();

    final MethodRuns.Job<M> job() {
        return job;
    }

    final StepLosses losses() {
        return losses.of(latents(0), job.request().photograph(), step);
    }

    /** Counts steps as done, at most all of them. */
    final void stepped(int count) {
        step = Math.min(steps(), step + count);
    }

    @Override
    public final int size() {
        return 1;
    }

    @Override
    public final int step() {
        return step;
    }

    @Override
    public final int steps() {
        return job.request().settings().steps();
    }

    @Override
    public final byte[] checkpoint(int photograph) {
        OptimisationState state = OptimisationState.start(values());
        return Checkpoint.write(
                new OptimisationState(state.values(), state.firstMoments(), state.secondMoments(), step));
    }

    /** The compiled programs belong to the engine. */
    @Override
    public final void close() {}
}
