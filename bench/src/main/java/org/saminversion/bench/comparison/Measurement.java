package org.saminversion.bench.comparison;

import java.util.Map;

/**
 * What came of one picture.
 *
 * @param psnr in dB, 8-bit, at the resolution that the losses see
 * @param lpips distance in the bundle's perceptual network
 * @param seconds wall time per picture, an equal part of its batch's; a map's time included
 * @param steps optimisation steps or passes
 * @param shares part of the picture's area by latent space
 * @param response mean absolute change of levels in [0,1] by the edit, in the region that the edit is about
 * @param background the same outside of that region, which should stay
 */
public record Measurement(
        String picture,
        double psnr,
        double lpips,
        double seconds,
        int steps,
        Map<String, Double> shares,
        double response,
        double background) {}
