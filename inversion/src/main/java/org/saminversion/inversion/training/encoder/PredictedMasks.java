package org.saminversion.inversion.training.encoder;

import java.util.SortedMap;
import java.util.SplittableRandom;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.MaskResampling;
import org.saminversion.inversion.invertibility.MaskSet;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Masks of the bundle's invertibility network at thresholds drawn from the paper's sweep (spec baselines.md sections 7 and 10), which
 * spans from less than half to almost twice the default. Some are drawn at random all the same: late spaces are rare in a sweep, and
 * would hardly be trained.
 *
 * @param engine of a bundle with an invertibility network; whoever opened it closes it
 * @param others draws what is not predicted
 */
record PredictedMasks(SamEngine engine, MaskResampling resampling, RandomMasks others) implements MaskDraws {
    private static final double PREDICTED_SHARE = 0.75;
    private static final double SWEEP_FROM = 0.1 / 0.225;
    private static final double SWEEP_TO = 0.4 / 0.225;

    @Override
    public SortedMap<LatentSpace, Tensor> draw(RgbImage image, SplittableRandom random) {
        if (random.nextDouble() >= PREDICTED_SHARE) {
            return others.draw(image, random);
        }
        double usual = engine.bundle().description().defaultTau();
        double tau = usual * (SWEEP_FROM + (SWEEP_TO - SWEEP_FROM) * random.nextDouble());
        InvertibilityMap map = engine.measureInvertibility(
                image,
                new InversionSettings("sam", Math.min(tau, InversionSettings.TAU_MAX), 1, 0),
                ProgressListener.SILENT);
        return MaskSet.of(map.refine(tau), engine.bundle().description().layout(), resampling)
                .masks();
    }
}
