package org.saminversion.inversion.engine;

import java.util.List;
import org.saminversion.inversion.latent.Latents;

/** A batch of one photograph. */
record SingleRun(BatchRun batch) implements InversionRun {
    @Override
    public int step() {
        return batch.step();
    }

    @Override
    public int steps() {
        return batch.steps();
    }

    @Override
    public List<StepLosses> advance(int stepsMax) {
        List<StepLosses> losses = batch.advance(stepsMax).get(0);
        losses.forEach(StepLosses::requireFinite);
        return losses;
    }

    @Override
    public byte[] checkpoint() {
        return batch.checkpoint(0);
    }

    @Override
    public Latents latents() {
        return batch.latents(0);
    }

    @Override
    public void close() {
        batch.close();
    }
}
