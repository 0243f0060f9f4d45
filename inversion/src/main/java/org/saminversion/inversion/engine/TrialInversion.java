package org.saminversion.inversion.engine;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

/**
 * What came of inverting a photograph whole into each candidate space for a short while.
 *
 * @param reconstructions per space, at the size of the layout's target
 * @param errors per space [height*width], LPIPS error of the pixel (paper equation 1)
 */
public record TrialInversion(SortedMap<LatentSpace, RgbImage> reconstructions, SortedMap<LatentSpace, float[]> errors) {
    public TrialInversion {
        reconstructions = Collections.unmodifiableSortedMap(new TreeMap<>(reconstructions));
        errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
    }
}
