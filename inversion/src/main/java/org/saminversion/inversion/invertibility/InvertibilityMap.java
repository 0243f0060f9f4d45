package org.saminversion.inversion.invertibility;

import java.util.List;
import java.util.SortedMap;
import org.saminversion.inversion.space.LatentSpace;

/**
 * How well each candidate space reconstructs each segment of a photograph, and which space each segment gets at a threshold
 * (paper, section 3.1 and 3.2; spec baselines.md section 7, "Invertibility map to masks").
 *
 * @param width pixels of the map, that of the generator's layout
 * @param height pixels of the map
 * @param segments [height*width] labels from 0, row by row
 * @param errors per candidate space [height*width], LPIPS error of the pixel, at least 0
 */
public record InvertibilityMap(int width, int height, int[] segments, SortedMap<LatentSpace, float[]> errors) {
    /** The candidate spaces, most editable first. */
    public List<LatentSpace> candidates() {
        return List.copyOf(errors.keySet());
    }
}
