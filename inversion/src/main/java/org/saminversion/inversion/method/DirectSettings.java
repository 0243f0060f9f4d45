package org.saminversion.inversion.method;

import java.util.List;
import org.saminversion.inversion.objective.LossWeights;

/**
 * The paper's objective and learning rate, for its own method, for single spaces and for the hybrid (spec baselines.md sections 5
 * and 7).
 *
 * @param learningRate the peak of the ramp
 */
public record DirectSettings(double learningRate, LossWeights weights) {
    private static final double WEIGHT_MAX = 1e6;
    private static final LossWeights RELEASED = LossWeights.RELEASED;
    private static final MethodSetting LEARNING_RATE =
            new MethodSetting("learning-rate", 0.05, 1e-6, 10, "peak of the learning rate's ramp");
    private static final MethodSetting MSE = weight("mse", RELEASED.mse(), "squared error of the pixels");
    private static final MethodSetting LPIPS = weight("lpips", RELEASED.lpips(), "perceptual distance");
    private static final MethodSetting PRIOR =
            weight("gaussian-prior", RELEASED.gaussianPrior(), "Mahalanobis distance of the style vectors");
    private static final MethodSetting SPREAD =
            weight("style-spread", RELEASED.styleSpread(), "distance of the style vectors from the first");
    private static final MethodSetting NORM =
            weight("feature-norm", RELEASED.featureNorm(), "mean square of each feature delta");

    /** All that a caller may choose. */
    public static final List<MethodSetting> ALL = List.of(LEARNING_RATE, MSE, LPIPS, PRIOR, SPREAD, NORM);

    static DirectSettings of(MethodSettings chosen) {
        return new DirectSettings(
                chosen.of(LEARNING_RATE),
                new LossWeights(
                        chosen.of(MSE), chosen.of(LPIPS), chosen.of(PRIOR), chosen.of(SPREAD), chosen.of(NORM)));
    }

    static MethodSetting weight(String name, double usual, String what) {
        return new MethodSetting(name, usual, 0, WEIGHT_MAX, "weight of the " + what);
    }
}
