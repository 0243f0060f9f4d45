package org.saminversion.gateway.maps;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.saminversion.inversion.invertibility.RefinedMap;
import org.saminversion.inversion.invertibility.SegmentChoice;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.space.SpaceColours;

/**
 * An invertibility map at one threshold as callers see it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param spaces most editable first
 * @param colours of the picture, as #rrggbb by latent space
 * @param shares part of the picture by latent space; they add up to 1
 * @param picture where the map in colours is
 * @param labels where the segment of each pixel is
 */
public record MapView(
        double tau,
        int width,
        int height,
        List<String> spaces,
        Map<String, String> colours,
        Map<String, Double> shares,
        List<SegmentView> segments,
        String picture,
        String labels) {
    /**
     * @param errors mean LPIPS error of the segment's pixels by latent space
     * @param space the most editable one whose error is at most tau
     */
    public record SegmentView(int segment, int pixels, String space, Map<String, Double> errors) {
        static SegmentView of(SegmentChoice choice) {
            return new SegmentView(
                    choice.segment(), choice.pixels(), choice.space().toString(), byName(choice.meanErrors()));
        }
    }

    /** @param self address of the map, without a threshold */
    static MapView of(RefinedMap map, String self) {
        return new MapView(
                map.tau(),
                map.width(),
                map.height(),
                map.candidates().stream().map(LatentSpace::toString).toList(),
                map.candidates().stream()
                        .collect(Collectors.toMap(
                                LatentSpace::toString,
                                space -> String.format("#%06x", SpaceColours.of(space)),
                                (first, second) -> first,
                                TreeMap::new)),
                byName(map.shares()),
                map.choices().stream().map(SegmentView::of).toList(),
                self + "/picture?tau=" + map.tau(),
                self + "/segments");
    }

    private static Map<String, Double> byName(Map<LatentSpace, Double> values) {
        Map<String, Double> named = new TreeMap<>();
        values.forEach((space, value) -> named.put(space.toString(), value));
        return named;
    }
}
