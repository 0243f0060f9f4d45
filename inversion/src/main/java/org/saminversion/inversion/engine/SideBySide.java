package org.saminversion.inversion.engine;

import java.util.List;
import org.saminversion.inversion.latent.Latents;

/** Runs of one photograph each that cannot share a program, seen as a batch: they take turns. */
record SideBySide(List<? extends BatchRun> runs) implements BatchRun {
    @Override
    public int size() {
        return runs.size();
    }

    @Override
    public int step() {
        return runs.stream().mapToInt(BatchRun::step).min().orElseThrow();
    }

    @Override
    public int steps() {
        return runs.get(0).steps();
    }

    @Override
    public List<List<StepLosses>> advance(int stepsMax) {
        return runs.stream().map(run -> run.advance(stepsMax).get(0)).toList();
    }

    @Override
    public byte[] checkpoint(int photograph) {
        return runs.get(photograph).checkpoint(0);
    }

    @Override
    public Latents latents(int photograph) {
        return runs.get(photograph).latents(0);
    }

    @Override
    public void close() {
        runs.forEach(BatchRun::close);
    }
}
