package org.saminversion.inversion.bundle;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * @param space where it moves
 */
public record DirectionDescription(
        String name,
        String file,
        String tensor,
        LayerRange layers,
        double usefulFrom,
        double usefulTo,
        Convention convention,
        Space space) {
    /** Where a direction moves. */
    public enum Space {
        /** The style vectors. */
        W_PLUS("w-plus"),
        /** The channels that the style vectors scale. */
        STYLE_CHANNELS("style-channels");

        private final String label;

        Space(String label) {
            this.label = label;
        }

        /** The name in {@code bundle.yaml}. */
        public String label() {
            return label;
        }

        /** @throws IllegalArgumentException that lists the spaces there are */
        static Space parse(String label) {
            return Arrays.stream(values())
                    .filter(space -> space.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a direction moves in "
                            + Arrays.stream(values()).map(Space::label).collect(Collectors.joining(" or ")) + ", not "
                            + label));
        }
    }

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
        if (space == Space.STYLE_CHANNELS && convention != Convention.RELATIVE) {
            throw new IllegalArgumentException(
                    "the strength of direction " + name + " can only be relative, since it moves in " + space.label());
        }
    }
}
