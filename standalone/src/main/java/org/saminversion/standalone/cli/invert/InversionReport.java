package org.saminversion.standalone.cli.invert;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of one picture; one line of {@code --json}.
 *
 * @param image as the user named it
 * @param psnr in dB
 * @param lpips distance in the bundle's perceptual network
 * @param shares part of the picture's area by latent space, from 0 to 1; sums to 1
 * @param seconds wall time, the map included
 * @param steps optimisation steps
 * @param paths the files with the results by name
 */
record InversionReport(
        String image,
        double psnr,
        double lpips,
        Map<String, Double> shares,
        double seconds,
        int steps,
        Map<String, String> paths) {

    /** The same result with its files elsewhere. */
    InversionReport at(Map<String, String> otherPaths) {
        return new InversionReport(image, psnr, lpips, shares, seconds, steps, otherPaths);
    }

    /** The same for people. */
    String toLine() {
        String spaces = shares.entrySet().stream()
                .map(share -> String.format(Locale.ROOT, "%s %.0f %%", share.getKey(), 100 * share.getValue()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT, "%s: PSNR %.2f dB, LPIPS %.4f, %s, %.1f s", image, psnr, lpips, spaces, seconds);
    }
}
