package org.saminversion.inversion.engine;

import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.edit.RgbSkip;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.objective.Formulation;

/**
 * Choices that hold for all jobs of an engine.
 *
 * @param formulation the released code's or the paper's details
 * @param rgbSkip what edits show of the early layers' colour inside feature-space segments
 * @param noiseMode the generator's noise
 */
public record EngineOptions(RuntimeOptions runtime, Formulation formulation, RgbSkip rgbSkip, NoiseMode noiseMode) {
    /** The released code with constant noise, and edits as in the paper. */
    public static EngineOptions standard() {
        return new EngineOptions(RuntimeOptions.standard(), Formulation.RELEASED, RgbSkip.UNEDITED, NoiseMode.CONSTANT);
    }
}
