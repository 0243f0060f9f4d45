package org.saminversion.inversion.invertibility;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The refined invertibility map at one threshold: a space for every segment, and so for every pixel.
 *
 * @param width in pixels
 * @param height in pixels
 * @param segments [height*width] labels, row by row
 * @param candidates most editable first
 * @param tau the error ceiling that it was refined with
 * @param choices one per segment, by rising label
 */
public record RefinedMap(
        int width, int height, int[] segments, List<LatentSpace> candidates, double tau, List<SegmentChoice> choices) {
    public RefinedMap {
        candidates = List.copyOf(candidates);
        choices = List.copyOf(choices);
    }

    /** Per pixel the index of its space among the candidates, row by row. */
    public int[] labels() {
        Map<Integer, Integer> bySegment = new HashMap<>();
        choices.forEach(choice -> bySegment.put(choice.segment(), candidates.indexOf(choice.space())));
        int[] labels = new int[segments.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bySegment.get(segments[i]);
        }
        return labels;
    }

    /** 1 where a pixel has that space, else 0; row by row. */
    public float[] mask(LatentSpace space) {
        int wanted = candidates.indexOf(space);
        int[] labels = labels();
        float[] mask = new float[labels.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = labels[i] == wanted ? 1 : 0;
        }
        return mask;
    }

    /** The part of all pixels that each candidate space has, in [0,1]; they add up to 1. */
    public SortedMap<LatentSpace, Double> shares() {
        SortedMap<LatentSpace, Double> shares = new TreeMap<>();
        candidates.forEach(space -> shares.put(space, 0.0));
        for (SegmentChoice choice : choices) {
            shares.merge(choice.space(), (double) choice.pixels() / segments.length, Double::sum);
        }
        return Collections.unmodifiableSortedMap(shares);
    }
}
