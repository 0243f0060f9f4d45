package org.saminversion.bench.comparison;

import java.util.Arrays;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.InversionSettings;

/**
 * One of the ways that are compared.
 *
 * @param name in tables; fit for a file name
 */
public record Variant(String name, InversionSettings settings) {
    /** Everything that decides what becomes of a picture. @param engineChoices choices of the engine that change results, as one word */
    String fingerprint(ModelBundle bundle, String engineChoices, Picture picture) {
        return String.join(
                ";",
                bundle.sha256(),
                settings.toString(),
                engineChoices,
                Integer.toHexString(Arrays.hashCode(picture.image().pixels())));
    }
}
