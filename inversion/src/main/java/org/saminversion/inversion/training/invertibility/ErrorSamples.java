package org.saminversion.inversion.training.invertibility;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Pictures with the errors that their inversions left.
 *
 * @param pictures at the size of the bundle's layout
 * @param errors for each picture, [height*width] per space that it was inverted into
 */
public record ErrorSamples(List<RgbImage> pictures, List<SortedMap<LatentSpace, float[]>> errors) {
    /** Added to errors before their logarithm is taken: below it nobody sees a difference. */
    static final float NEGLIGIBLE = 0.03f;

    public ErrorSamples {
        pictures = List.copyOf(pictures);
        errors = List.copyOf(errors);
    }

    /** Those of the pictures that have been inverted. */
    public static ErrorSamples of(List<RgbImage> targets, ErrorMaps maps) {
        List<RgbImage> pictures = new ArrayList<>();
        List<SortedMap<LatentSpace, float[]>> errors = new ArrayList<>();
        for (RgbImage target : targets) {
            Optional<SortedMap<LatentSpace, float[]>> found = maps.find(target);
            if (found.isPresent()) {
                pictures.add(target);
                errors.add(found.get());
            }
        }
        return new ErrorSamples(pictures, errors);
    }

    /** These and others. */
    public ErrorSamples and(ErrorSamples others) {
        return new ErrorSamples(
                Stream.concat(pictures.stream(), others.pictures.stream()).toList(),
                Stream.concat(errors.stream(), others.errors.stream()).toList());
    }

    /** Some of them, by index. */
    public ErrorSamples subset(List<Integer> indices) {
        return new ErrorSamples(
                indices.stream().map(pictures::get).toList(),
                indices.stream().map(errors::get).toList());
    }

    public int size() {
        return pictures.size();
    }

    /**
     * The mean error of every pixel over the pictures and their mirror images: what can be said without looking at a picture.
     *
     * @return per space [height*width]; a space that no picture was inverted into is left out
     */
    public SortedMap<LatentSpace, float[]> meanMaps() {
        int width = pictures.get(0).width();
        SortedMap<LatentSpace, float[]> means = new TreeMap<>();
        SortedMap<LatentSpace, Integer> counts = new TreeMap<>();
        for (SortedMap<LatentSpace, float[]> ofPicture : errors) {
            ofPicture.forEach((space, values) -> {
                float[] sum = means.computeIfAbsent(space, any -> new float[values.length]);
                for (int i = 0; i < sum.length; i++) {
                    int mirrored = i - i % width + width - 1 - i % width;
                    sum[i] += (values[i] + values[mirrored]) / 2;
                }
                counts.merge(space, 1, Integer::sum);
            });
        }
        means.forEach((space, sum) -> {
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= counts.get(space);
            }
        });
        return Collections.unmodifiableSortedMap(means);
    }

    /** How far the errors' logarithms lie from those of the mean maps: per space, the mean square over pixels and pictures. */
    SortedMap<LatentSpace, Double> variances(SortedMap<LatentSpace, float[]> meanMaps) {
        SortedMap<LatentSpace, Double> sums = new TreeMap<>();
        SortedMap<LatentSpace, Integer> counts = new TreeMap<>();
        for (SortedMap<LatentSpace, float[]> ofPicture : errors) {
            ofPicture.forEach((space, values) -> {
                double sum = 0;
                for (int i = 0; i < values.length; i++) {
                    double difference = Math.log((values[i] + NEGLIGIBLE) / (meanMaps.get(space)[i] + NEGLIGIBLE));
                    sum += difference * difference;
                }
                sums.merge(space, sum / values.length, Double::sum);
                counts.merge(space, 1, Integer::sum);
            });
        }
        sums.replaceAll((space, sum) -> sum / counts.get(space));
        return sums;
    }
}
