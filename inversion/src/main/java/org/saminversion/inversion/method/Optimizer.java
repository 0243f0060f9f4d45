package org.saminversion.inversion.method;

import java.util.Map;
import org.saminversion.graph.LearningRateSchedule;

/**
 * Named values of the settings that say how the latents are moved towards the objective; {@code ./sam bench optimizer} compares
 * them.
 */
public enum Optimizer {
    /** Karras's ramp as in the released code (spec baselines.md 0.1): made for 1001 steps. */
    REFERENCE(LearningRateSchedule.ramp(0.05)),
    /** Twice the rate, which falls over half of the steps: for runs of a few hundred. */
    QUICK(new LearningRateSchedule(0.1, 0.5, 0.05));

    /** What is taken if nothing is said. */
    static final Optimizer USUAL = REFERENCE;

    static final String LEARNING_RATE = "learning-rate";
    static final String RAMP_DOWN = "ramp-down";
    static final String RAMP_UP = "ramp-up";

    private final LearningRateSchedule schedule;

    Optimizer(LearningRateSchedule schedule) {
        this.schedule = schedule;
    }

    public LearningRateSchedule schedule() {
        return schedule;
    }

    /** The settings of a method, by name, that differ from the usual. */
    public Map<String, Double> differences() {
        return this == USUAL
                ? Map.of()
                : Map.of(LEARNING_RATE, schedule.peak(), RAMP_DOWN, schedule.rampDown(), RAMP_UP, schedule.rampUp());
    }
}
