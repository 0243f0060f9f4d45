package org.saminversion.inversion.engine;

import org.saminversion.graph.Device;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Waiting;
import org.saminversion.inversion.edit.RgbSkip;
import org.saminversion.inversion.method.ClampGradient;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.objective.Formulation;

/**
 * Choices that hold for all jobs of an engine.
 *
 * @param formulation the released code's or the paper's details
 * @param rgbSkip what edits show of the early layers' colour inside feature-space segments
 * @param noiseMode the generator's noise
 * @param clampGradient whether pixels that overstep the range can return
 */
public record EngineOptions(
        RuntimeOptions runtime,
        Formulation formulation,
        RgbSkip rgbSkip,
        NoiseMode noiseMode,
        ClampGradient clampGradient) {
    /** The released code with constant noise, with edits as in the paper, and without stuck pixels (docs/adr/0007). */
    public static EngineOptions standard() {
        return new EngineOptions(
                RuntimeOptions.standard(),
                Formulation.RELEASED,
                RgbSkip.UNEDITED,
                NoiseMode.CONSTANT,
                ClampGradient.RETURNING);
    }

    /** The same with programs that run in another way. */
    public EngineOptions with(RuntimeOptions other) {
        return new EngineOptions(other, formulation, rgbSkip, noiseMode, clampGradient);
    }

    /** The same with its programs on another device. */
    public EngineOptions on(Device device) {
        return with(runtime.on(device));
    }

    /** The same with threads that wait for each other in another way. */
    public EngineOptions waiting(Waiting waiting) {
        return with(runtime.waiting(waiting));
    }
}
