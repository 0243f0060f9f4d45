package org.saminversion.inversion.objective;

/**
 * The weights of the objective's terms (paper equation 8; spec baselines.md section 7).
 *
 * @param mse squared error of the pixels
 * @param lpips perceptual distance
 * @param gaussianPrior Mahalanobis distance of the style vectors
 * @param styleSpread distance of the style vectors from the first
 * @param featureNorm mean square of each feature delta
 */
public record LossWeights(double mse, double lpips, double gaussianPrior, double styleSpread, double featureNorm) {
    /** Those of the released code. */
    public static final LossWeights RELEASED = new LossWeights(1, 1, 1e-8, 1e-3, 5);
}
