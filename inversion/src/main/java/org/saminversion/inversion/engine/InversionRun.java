package org.saminversion.inversion.engine;

import java.util.List;
import org.saminversion.inversion.latent.Latents;

/**
 * One photograph being inverted, a chunk of steps at a time, so that the owner can report, save and stop in between.
 * Belongs to one thread at a time.
 */
public interface InversionRun extends AutoCloseable {
    /** Steps that are done. */
    int step();

    /** Steps in all. */
    int steps();

    /**
     * Runs at most this many further steps (fewer at the end).
     *
     * @return the losses of the steps just done, in order
     * @throws org.saminversion.inversion.failure.JobFailure.Poisoned if the loss is no longer a finite number
     */
    List<StepLosses> advance(int stepsMax);

    /**
     * Everything that {@link InversionEngine#resume} needs to go on as if nothing had happened: latents, moments and step,
     * as a safetensors file.
     */
    byte[] checkpoint();

    /** The latents as they stand. */
    Latents latents();

    @Override
    void close();
}
