package org.saminversion.model.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.JobQuality;
import org.saminversion.model.LossRecord;

/** Stands for the engine: its state depends on every step in order, so that a step left out or done twice shows in the result. */
final class SimulatedOptimisation {
    static final int STEPS = 12;
    private static final long FACTOR = 6364136223846793005L;

    private int step;
    private long state;

    private SimulatedOptimisation(int step, long state) {
        this.step = step;
        this.state = state;
    }

    static SimulatedOptimisation start(long seed) {
        return new SimulatedOptimisation(0, seed);
    }

    static SimulatedOptimisation resume(Checkpoint checkpoint) {
        return new SimulatedOptimisation(
                checkpoint.step(), ByteBuffer.wrap(checkpoint.bytes()).getLong());
    }

    /** The latents of a run that nothing interrupts. */
    static byte[] unbroken(long seed) {
        SimulatedOptimisation run = start(seed);
        run.advance(STEPS);
        return run.latents();
    }

    int step() {
        return step;
    }

    boolean isDone() {
        return step == STEPS;
    }

    List<LossRecord> advance(int stepsMax) {
        List<LossRecord> losses = new ArrayList<>();
        for (int end = Math.min(STEPS, step + stepsMax); step < end; step++) {
            state = state * FACTOR + step + 1;
            losses.add(new LossRecord(step, 1.0 / (step + 1), 0.1, 0.2, 0.3, 0.4, 0.5));
        }
        return losses;
    }

    Checkpoint checkpoint() {
        return new Checkpoint(step, latents());
    }

    RunResult result() {
        return new RunResult(
                List.of(new Content(Artefact.LATENTS, Content.SAFETENSORS, latents())),
                new JobQuality(30, 0.1),
                Map.of("W+", 1.0),
                Map.of());
    }

    private byte[] latents() {
        return ByteBuffer.allocate(Long.BYTES).putLong(state).array();
    }
}
