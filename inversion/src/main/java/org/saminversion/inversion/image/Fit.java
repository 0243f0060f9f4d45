package org.saminversion.inversion.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a photograph of another shape becomes the generator's. */
public enum Fit {
    /** The largest centred part of the right shape, as the projector of Karras et al. takes it. */
    CENTRE_CROP,
    /** The whole photograph, with black bars where it does not fill the shape. */
    LETTER_BOX,
    /** The whole photograph, its proportions changed. */
    STRETCH;

    /** Lower case with a hyphen, such as {@code centre-crop}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException that lists the labels if this is none of them */
    public static Fit parse(String label) {
        return Arrays.stream(values())
                .filter(fit -> fit.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a photograph is fitted by "
                        + Arrays.stream(values()).map(Fit::label).collect(Collectors.joining(", ")) + ", not by "
                        + label));
    }
}
