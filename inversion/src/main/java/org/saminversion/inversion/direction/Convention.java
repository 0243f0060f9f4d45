package org.saminversion.inversion.direction;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the strength of a direction means (spec edits.md 1.2). How far a style already lies along the direction is measured from the
 * mean of W, in units of the direction.
 */
public enum Convention {
    /** It is added to whatever there is. */
    RELATIVE,
    /** It is where each style ends up, as in GANSpace's centred strips. */
    CENTRED,
    /** It is where the first style would end up; all styles move by the same, as in GANSpace's demonstrations, e4e and PTI. */
    ABSOLUTE,
    /** The same, towards the other side of the mean than where the first style lies ("invert" in GANSpace's examples). */
    OPPOSITE;

    /** The name in {@code bundle.yaml}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException that lists the conventions there are */
    public static Convention parse(String label) {
        return Arrays.stream(values())
                .filter(convention -> convention.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a strength is "
                        + Arrays.stream(values()).map(Convention::label).collect(Collectors.joining(", ")) + ", not "
                        + label));
    }
}
