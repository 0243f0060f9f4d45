package org.saminversion.inversion.engine;

import java.util.List;
import org.saminversion.inversion.latent.Latents;

/**
 * Several photographs being inverted side by side in one program, a chunk of steps at a time. They do not influence each other: each
 * ends as it would alone, up to the order of additions. Belongs to one thread at a time.
 */
public interface BatchRun extends AutoCloseable {
    /** Photographs. */
    int size();

    /** Steps that are done. */
    int step();

    /** Steps in all. */
    int steps();

    /**
     * Runs at most this many further steps (fewer at the end).
     *
     * @return by photograph, the losses of the steps just done, in order; from the first one that is not a finite number on, the
     *     photograph is lost, and its latents and checkpoint are refused
     */
    List<List<StepLosses>> advance(int stepsMax);

    /**
     * What {@link InversionEngine#resume} needs to go on with this photograph, alone or in another batch at the same step.
     *
     * @throws org.saminversion.inversion.failure.JobFailure.Poisoned if its loss is no longer a finite number
     */
    byte[] checkpoint(int photograph);

    /** The latents as they stand. @throws org.saminversion.inversion.failure.JobFailure.Poisoned as above */
    Latents latents(int photograph);

    @Override
    void close();
}
