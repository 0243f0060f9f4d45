package org.saminversion.inversion.method;

import java.util.List;

/**
 * How pivotal tuning runs (spec baselines.md section 6).
 *
 * @param pivot how the style vector is found that the generator is then tuned for
 * @param pivotShare share of all steps that go to the pivot
 * @param learningRate of the generator's weights, the same in every step
 * @param mse weight of the squared error of the pixels
 * @param lpips weight of the perceptual distance
 * @param lpipsStop the tuning ends before a step at which the perceptual distance is no more than this
 * @param localityMse weight of the change of other images' pixels; 0 for none
 * @param localityLpips likewise of their perceptual distance
 * @param localityRadius distance from the pivot at which the other images lie
 * @param localityTruncation psi of the random style vector in whose direction they lie
 */
public record TuningSettings(
        ProjectionSettings pivot,
        double pivotShare,
        double learningRate,
        double mse,
        double lpips,
        double lpipsStop,
        double localityMse,
        double localityLpips,
        double localityRadius,
        double localityTruncation) {
    private static final double PIVOT_STEPS = 450;
    private static final double TUNING_STEPS = 350;
    /** Steps of the reference, both stages. */
    static final int STEPS = (int) (PIVOT_STEPS + TUNING_STEPS);

    private static final MethodSetting PIVOT_SHARE =
            new MethodSetting("pivot-share", PIVOT_STEPS / STEPS, 0.01, 0.99, "share of all steps that find the pivot");
    private static final MethodSetting PIVOT_LEARNING_RATE =
            new MethodSetting("pivot-learning-rate", 0.01, 1e-6, 10, "peak of the pivot's learning rate");
    private static final MethodSetting LEARNING_RATE =
            new MethodSetting("learning-rate", 3e-4, 1e-8, 1, "learning rate of the generator's weights");
    private static final MethodSetting MSE = DirectSettings.weight("mse", 1, "squared error of the pixels");
    private static final MethodSetting LPIPS = DirectSettings.weight("lpips", 1, "perceptual distance");
    private static final MethodSetting LPIPS_STOP =
            new MethodSetting("lpips-stop", 0.06, 0, 100, "the tuning ends at this perceptual distance");
    private static final MethodSetting LOCALITY_MSE = DirectSettings.weight(
            "locality-mse", 0, "change of other images' pixels (0.1 where the reference uses it)");
    private static final MethodSetting LOCALITY_LPIPS = DirectSettings.weight(
            "locality-lpips", 0, "change of other images' features (0.1 where the reference uses it)");
    private static final MethodSetting LOCALITY_RADIUS =
            new MethodSetting("locality-radius", 30, 0.001, 10_000, "distance of those images from the pivot");
    private static final MethodSetting LOCALITY_TRUNCATION =
            new MethodSetting("locality-truncation", 0.5, 0, 1, "psi of the direction in which they lie");

    /** All that a caller may choose. */
    public static final List<MethodSetting> ALL = List.of(
            PIVOT_SHARE,
            PIVOT_LEARNING_RATE,
            LEARNING_RATE,
            MSE,
            LPIPS,
            LPIPS_STOP,
            LOCALITY_MSE,
            LOCALITY_LPIPS,
            LOCALITY_RADIUS,
            LOCALITY_TRUNCATION);

    static TuningSettings of(MethodSettings chosen) {
        return new TuningSettings(
                ProjectionSettings.of(false, false, MethodSettings.USUAL)
                        .withLearningRate(chosen.of(PIVOT_LEARNING_RATE)),
                chosen.of(PIVOT_SHARE),
                chosen.of(LEARNING_RATE),
                chosen.of(MSE),
                chosen.of(LPIPS),
                chosen.of(LPIPS_STOP),
                chosen.of(LOCALITY_MSE),
                chosen.of(LOCALITY_LPIPS),
                chosen.of(LOCALITY_RADIUS),
                chosen.of(LOCALITY_TRUNCATION));
    }

    /** Whether other images near the pivot are held in place. */
    public boolean isLocal() {
        return localityMse > 0 || localityLpips > 0;
    }

    /** Steps for the pivot out of all. */
    public int pivotSteps(int stepsInAll) {
        return (int) Math.max(1, Math.round(pivotShare * stepsInAll));
    }
}
