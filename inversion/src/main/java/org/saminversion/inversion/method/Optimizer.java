package org.saminversion.inversion.method;

import java.util.Map;
import org.saminversion.graph.LearningRateSchedule;

/**
 * Named values of the settings that say how the latents are moved towards the objective; {@code ./sam bench optimizer} compares
 * them.
 */
public enum Optimizer {
    /** Adam with Karras's ramp as in the released code (spec baselines.md 0.1): made for 1001 steps. */
    REFERENCE(new Descent(LearningRateSchedule.ramp(0.05), 0)),
    /** Limited-memory BFGS: lower losses in a few hundred steps. */
    QUASI_NEWTON(new Descent(LearningRateSchedule.constant(0.05), 60));

    /** What is taken if nothing is said. */
    static final Optimizer USUAL = REFERENCE;

    static final String LEARNING_RATE = "learning-rate";
    static final String RAMP_DOWN = "ramp-down";
    static final String RAMP_UP = "ramp-up";
    static final String MEMORY = "memory";

    private final Descent descent;

    Optimizer(Descent descent) {
        this.descent = descent;
    }

    public Descent descent() {
        return descent;
    }

    /** The settings of a method, by name, that differ from the usual. */
    public Map<String, Double> differences() {
        LearningRateSchedule schedule = descent.schedule();
        return this == USUAL
                ? Map.of()
                : Map.of(
                        LEARNING_RATE,
                        schedule.peak(),
                        RAMP_DOWN,
                        schedule.rampDown(),
                        RAMP_UP,
                        schedule.rampUp(),
                        MEMORY,
                        (double) descent.memory());
    }
}
