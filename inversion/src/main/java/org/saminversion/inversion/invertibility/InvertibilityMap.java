package org.saminversion.inversion.invertibility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.inversion.space.LatentSpace;

/**
 * How well each candidate space reconstructs each segment of a photograph, and which space each segment gets at a threshold
 * (paper, section 3.1 and 3.2; spec baselines.md section 7, "Invertibility map to masks").
 *
 * @param width pixels of the map, that of the generator's layout
 * @param height pixels of the map
 * @param segments [height*width] labels from 0, row by row; labels may be left out
 * @param errors per candidate space [height*width], LPIPS error of the pixel, at least 0
 */
public record InvertibilityMap(int width, int height, int[] segments, SortedMap<LatentSpace, float[]> errors) {
    /** @throws IllegalArgumentException if sizes do not agree, a label is negative, or an error is not a finite number */
    public InvertibilityMap {
        if (width < 1 || height < 1 || segments.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "a map of " + width + " x " + height + " pixels cannot have " + segments.length + " labels");
        }
        if (Arrays.stream(segments).anyMatch(label -> label < 0)) {
            throw new IllegalArgumentException("labels of segments are at least 0");
        }
        if (errors.isEmpty()) {
            throw new IllegalArgumentException("a map needs the errors of at least one space");
        }
        errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
        errors.forEach((space, values) -> requireErrors(space, values, width * height));
    }

    private static void requireErrors(LatentSpace space, float[] values, int count) {
        if (values.length != count) {
            throw new IllegalArgumentException(
                    "the map of " + space + " has " + values.length + " errors instead of " + count);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the map of " + space + " holds " + value);
            }
        }
    }

    /** The candidate spaces, most editable first. */
    public List<LatentSpace> candidates() {
        return List.copyOf(errors.keySet());
    }

    /**
     * Gives every segment the most editable space whose mean error there is at most tau, and the least editable space if
     * none is. A space in between may fail: it is passed over.
     */
    public RefinedMap refine(double tau) {
        List<LatentSpace> candidates = candidates();
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (int label : segments) {
            counts.merge(label, 1, Integer::sum);
        }
        Map<LatentSpace, SortedMap<Integer, Double>> means = new TreeMap<>();
        errors.forEach((space, values) -> means.put(space, meansBySegment(values, counts)));
        List<SegmentChoice> choices = new ArrayList<>();
        counts.forEach((label, count) -> {
            SortedMap<LatentSpace, Double> ofSegment = new TreeMap<>();
            candidates.forEach(space -> ofSegment.put(space, means.get(space).get(label)));
            LatentSpace chosen = candidates.stream()
                    .filter(space -> ofSegment.get(space) <= tau)
                    .findFirst()
                    .orElse(candidates.get(candidates.size() - 1));
            choices.add(new SegmentChoice(label, count, ofSegment, chosen));
        });
        return new RefinedMap(width, height, segments, candidates, tau, choices);
    }

    private SortedMap<Integer, Double> meansBySegment(float[] values, SortedMap<Integer, Integer> counts) {
        SortedMap<Integer, Double> sums = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            sums.merge(segments[i], (double) values[i], Double::sum);
        }
        sums.replaceAll((label, sum) -> sum / counts.get(label));
        return sums;
    }

    /** Equal when all numbers are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof InvertibilityMap map
                && width == map.width
                && height == map.height
                && Arrays.equals(segments, map.segments)
                && errors.keySet().equals(map.errors.keySet())
                && errors.keySet().stream().allMatch(space -> Arrays.equals(errors.get(space), map.errors.get(space)));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(segments) + errors.keySet().hashCode();
    }
}
