package org.saminversion.inversion.method;

import java.util.List;
import java.util.stream.Stream;
import org.saminversion.graph.LearningRateSchedule;

/**
 * How StyleGAN2's projector runs (spec baselines.md sections 2 to 4).
 *
 * @param perLayer W+ instead of W
 * @param learningRate the peak of the ramp
 * @param rampDown share of the steps over which the learning rate falls
 * @param rampUp share of the steps over which it rises
 * @param latentNoise what is added to the style vectors at the start, in standard deviations of W
 * @param latentNoiseUntil share of the steps after which nothing is added
 * @param noiseRegulariser weight of the noise maps' correlation with themselves
 * @param optimiseNoise whether the noise maps are variables; else they stay as the engine has them
 * @param lpips weight of the perceptual distance
 * @param mse weight of the squared error of the pixels
 * @param gaussianPrior weight of the Mahalanobis distance
 */
public record ProjectionSettings(
        boolean perLayer,
        double learningRate,
        double rampDown,
        double rampUp,
        double latentNoise,
        double latentNoiseUntil,
        double noiseRegulariser,
        boolean optimiseNoise,
        double lpips,
        double mse,
        double gaussianPrior) {
    private static final MethodSetting LEARNING_RATE =
            new MethodSetting("learning-rate", 0.1, 1e-6, 10, "peak of the learning rate's ramp");
    private static final MethodSetting RAMP_DOWN =
            new MethodSetting("ramp-down", 0.25, 0, 1, "share of the steps over which the learning rate falls");
    private static final MethodSetting RAMP_UP =
            new MethodSetting("ramp-up", 0.05, 0, 1, "share of the steps over which the learning rate rises");
    private static final MethodSetting LATENT_NOISE =
            new MethodSetting("latent-noise", 0.05, 0, 10, "noise on the style vectors, in standard deviations of W");
    private static final MethodSetting LATENT_NOISE_UNTIL =
            new MethodSetting("latent-noise-until", 0.75, 0.01, 1, "share of the steps after which that noise ends");
    private static final MethodSetting NOISE_REGULARISER =
            new MethodSetting("noise-regulariser", 1e5, 0, 1e9, "weight of the noise maps' correlation");
    private static final MethodSetting OPTIMISE_NOISE =
            new MethodSetting("optimise-noise", 1, 0, 1, "1: the noise maps are optimised too, 0: they stay");
    private static final MethodSetting LPIPS = DirectSettings.weight("lpips", 1, "perceptual distance");
    private static final MethodSetting MSE = DirectSettings.weight("mse", 0, "squared error of the pixels");
    private static final MethodSetting PRIOR =
            DirectSettings.weight("gaussian-prior", 0, "Mahalanobis distance of the style vectors");
    /** The weight is ours: the original paper's is not known (spec baselines.md section 4). */
    private static final MethodSetting PRIOR_ON =
            DirectSettings.weight("gaussian-prior", 1e-7, "Mahalanobis distance of the style vectors");

    private static final List<MethodSetting> COMMON = List.of(
            LEARNING_RATE,
            RAMP_DOWN,
            RAMP_UP,
            LATENT_NOISE,
            LATENT_NOISE_UNTIL,
            NOISE_REGULARISER,
            OPTIMISE_NOISE,
            LPIPS,
            MSE);

    /** All that a caller may choose about the projector. */
    public static final List<MethodSetting> ALL = with(PRIOR);

    /** The same with the Gaussian prior. */
    public static final List<MethodSetting> ALL_WITH_PRIOR = with(PRIOR_ON);

    private static List<MethodSetting> with(MethodSetting prior) {
        return Stream.concat(COMMON.stream(), Stream.of(prior)).toList();
    }

    static ProjectionSettings of(boolean perLayer, boolean withPrior, MethodSettings chosen) {
        return new ProjectionSettings(
                perLayer,
                chosen.of(LEARNING_RATE),
                chosen.of(RAMP_DOWN),
                chosen.of(RAMP_UP),
                chosen.of(LATENT_NOISE),
                chosen.of(LATENT_NOISE_UNTIL),
                chosen.of(NOISE_REGULARISER),
                chosen.of(OPTIMISE_NOISE) >= 0.5,
                chosen.of(LPIPS),
                chosen.of(MSE),
                chosen.of(withPrior ? PRIOR_ON : PRIOR));
    }

    /** The same with another learning rate. */
    ProjectionSettings withLearningRate(double other) {
        return new ProjectionSettings(
                perLayer,
                other,
                rampDown,
                rampUp,
                latentNoise,
                latentNoiseUntil,
                noiseRegulariser,
                optimiseNoise,
                lpips,
                mse,
                gaussianPrior);
    }

    /** The learning rate by step. */
    public LearningRateSchedule schedule() {
        return new LearningRateSchedule(learningRate, rampDown, rampUp);
    }
}
