package org.saminversion.inversion.method;

import java.util.List;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.inversion.objective.LossWeights;

/**
 * The paper's objective and how it is descended, for its own method, for single spaces and for the hybrid (spec baselines.md
 * sections 5 and 7).
 */
public record DirectSettings(Descent descent, LossWeights weights) {
    private static final double WEIGHT_MAX = 1e6;
    private static final LossWeights RELEASED = LossWeights.RELEASED;
    private static final int MEMORY_MAX = 100;
    private static final Descent DESCENT = Optimizer.USUAL.descent();
    private static final LearningRateSchedule USUAL = DESCENT.schedule();
    private static final MethodSetting LEARNING_RATE = new MethodSetting(
            Optimizer.LEARNING_RATE,
            USUAL.peak(),
            1e-6,
            10,
            "peak of the learning rate's ramp; with memory, of the bound on a move");
    private static final MethodSetting RAMP_DOWN = new MethodSetting(
            Optimizer.RAMP_DOWN, USUAL.rampDown(), 0, 1, "share of the steps over which the learning rate falls");
    private static final MethodSetting RAMP_UP = new MethodSetting(
            Optimizer.RAMP_UP, USUAL.rampUp(), 0, 1, "share of the steps over which the learning rate rises");
    private static final MethodSetting MEMORY = new MethodSetting(
            Optimizer.MEMORY,
            DESCENT.memory(),
            0,
            MEMORY_MAX,
            "moves that quasi-Newton steps remember, a whole number; 0 for Adam");
    private static final MethodSetting MSE = weight("mse", RELEASED.mse(), "squared error of the pixels");
    private static final MethodSetting LPIPS = weight("lpips", RELEASED.lpips(), "perceptual distance");
    private static final MethodSetting PRIOR =
            weight("gaussian-prior", RELEASED.gaussianPrior(), "Mahalanobis distance of the style vectors");
    private static final MethodSetting SPREAD =
            weight("style-spread", RELEASED.styleSpread(), "distance of the style vectors from the first");
    private static final MethodSetting NORM =
            weight("feature-norm", RELEASED.featureNorm(), "mean square of each feature delta");

    /** All that a caller may choose. */
    public static final List<MethodSetting> ALL =
            List.of(LEARNING_RATE, RAMP_DOWN, RAMP_UP, MEMORY, MSE, LPIPS, PRIOR, SPREAD, NORM);

    static DirectSettings of(MethodSettings chosen) {
        return new DirectSettings(
                new Descent(
                        new LearningRateSchedule(chosen.of(LEARNING_RATE), chosen.of(RAMP_DOWN), chosen.of(RAMP_UP)),
                        (int) chosen.of(MEMORY)),
                new LossWeights(
                        chosen.of(MSE), chosen.of(LPIPS), chosen.of(PRIOR), chosen.of(SPREAD), chosen.of(NORM)));
    }

    static MethodSetting weight(String name, double usual, String what) {
        return new MethodSetting(name, usual, 0, WEIGHT_MAX, "weight of the " + what);
    }
}
