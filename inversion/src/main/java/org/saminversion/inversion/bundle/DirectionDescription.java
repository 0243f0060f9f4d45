package org.saminversion.inversion.bundle;

import java.util.regex.Pattern;
import org.saminversion.inversion.direction.Convention;
import org.saminversion.inversion.space.LayerRange;

/**
 * An edit direction that a bundle ships.
 *
 * @param name lower-case letters, digits and hyphens
 * @param file {@code .npy} or safetensors
 * @param tensor its name in a safetensors file; of no meaning for {@code .npy}
 * @param layers the styles that it changes
 * @param usefulFrom the strength from which it is sensible, negative for directions with two ends
 * @param usefulTo the strength up to which it is sensible
 * @param convention what the strength means
 */
public record DirectionDescription(
        String name,
        String file,
        String tensor,
        LayerRange layers,
        double usefulFrom,
        double usefulTo,
        Convention convention) {
    /** The tensor that a safetensors file of one direction holds. */
    public static final String TENSOR = "direction";
    /** The useful strength in both directions where nobody measured it. */
    public static final double USEFUL = 2;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    public DirectionDescription {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a direction is named by lower-case letters, digits, hyphens and underscores, not '" + name + "'");
        }
        if (!(usefulFrom < usefulTo)) {
            throw new IllegalArgumentException(
                    "the useful range of direction " + name + " is empty: " + usefulFrom + " to " + usefulTo);
        }
    }
}
