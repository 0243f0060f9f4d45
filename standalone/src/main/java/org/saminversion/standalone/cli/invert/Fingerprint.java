package org.saminversion.standalone.cli.invert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;

/**
 * Everything that decides a result. Two equal ones need only be computed once.
 *
 * @param pixelsSha256 of the picture's size and pixels
 * @param bundleSha256 of the model bundle
 * @param chosen settings of the method
 * @param engine choices of the engine that change the result
 */
record Fingerprint(
        String pixelsSha256,
        String bundle,
        String bundleSha256,
        String method,
        double tau,
        int steps,
        long seed,
        Map<String, Double> chosen,
        String engine) {

    static Fingerprint of(
            RgbImage picture, String bundle, String bundleSha256, InversionSettings settings, String engine) {
        return new Fingerprint(
                sha256(picture),
                bundle,
                bundleSha256,
                settings.method(),
                settings.tau(),
                settings.steps(),
                settings.seed(),
                settings.chosen().chosen(),
                engine);
    }

    private static String sha256(RgbImage picture) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((picture.width() + "x" + picture.height() + ";").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(picture.pixels()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new JobFailure.Bug("this Java has no SHA-256.", impossible);
        }
    }
}
