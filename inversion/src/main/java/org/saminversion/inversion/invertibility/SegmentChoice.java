package org.saminversion.inversion.invertibility;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The space of one segment, and what it was chosen by.
 *
 * @param segment its label
 * @param pixels its size
 * @param meanErrors mean LPIPS error of its pixels in every candidate space
 * @param space the chosen one
 */
public record SegmentChoice(int segment, int pixels, SortedMap<LatentSpace, Double> meanErrors, LatentSpace space) {
    public SegmentChoice {
        meanErrors = Collections.unmodifiableSortedMap(new TreeMap<>(meanErrors));
    }
}
