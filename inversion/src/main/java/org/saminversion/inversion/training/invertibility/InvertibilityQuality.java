package org.saminversion.inversion.training.invertibility;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.RefinedMap;
import org.saminversion.inversion.space.LatentSpace;

/**
 * How well predicted maps agree with those of trial inversions, the oracle's.
 *
 * @param pictures that were compared
 * @param spaces what was found for each candidate space
 * @param segments of all pictures
 * @param sameSpace share of the segments that get the oracle's space at the same tau
 * @param withinOneSpace share of the segments that get the oracle's space or one beside it
 */
public record InvertibilityQuality(
        int pictures, SortedMap<LatentSpace, OfSpace> spaces, int segments, double sameSpace, double withinOneSpace) {
    /** A space whose mean error is a smaller part of W+'s has nothing to predict. */
    private static final double ERROR_SHARE_MIN = 0.1;

    /**
     * @param meanError the oracle's, over all pixels
     * @param correlation Pearson's, of predicted and true errors over the pixels of a picture, mean over the pictures
     * @param ofMeanMap the same of the training pictures' mean map, if it is known
     */
    public record OfSpace(double meanError, double correlation, OptionalDouble ofMeanMap) {}

    /**
     * One picture.
     *
     * @param oracle errors of its trial inversions, with its segments
     * @param predicted errors as predicted, with the same segments
     */
    public record Compared(InvertibilityMap oracle, InvertibilityMap predicted) {}

    public InvertibilityQuality {
        spaces = Collections.unmodifiableSortedMap(new TreeMap<>(spaces));
    }

    /**
     * @param compared at least one
     * @param meanMaps [height*width] per space, or none
     * @param tau the error ceiling at which spaces are chosen
     */
    public static InvertibilityQuality of(
            List<Compared> compared, SortedMap<LatentSpace, float[]> meanMaps, double tau) {
        SortedMap<LatentSpace, OfSpace> spaces = new TreeMap<>();
        for (LatentSpace space : compared.get(0).oracle().candidates()) {
            spaces.put(space, ofSpace(compared, space, meanMaps.get(space)));
        }
        int segments = 0;
        int same = 0;
        int within = 0;
        for (Compared picture : compared) {
            RefinedMap oracle = picture.oracle().refine(tau);
            RefinedMap predicted = picture.predicted().refine(tau);
            for (int i = 0; i < oracle.choices().size(); i++) {
                int difference = oracle.candidates()
                                .indexOf(oracle.choices().get(i).space())
                        - oracle.candidates().indexOf(predicted.choices().get(i).space());
                segments++;
                same += difference == 0 ? 1 : 0;
                within += Math.abs(difference) <= 1 ? 1 : 0;
            }
        }
        return new InvertibilityQuality(
                compared.size(), spaces, segments, (double) same / segments, (double) within / segments);
    }

    private static OfSpace ofSpace(List<Compared> compared, LatentSpace space, float[] meanMap) {
        double error = 0;
        double correlation = 0;
        double ofMeanMap = 0;
        for (Compared picture : compared) {
            float[] truth = picture.oracle().errors().get(space);
            error += mean(truth);
            correlation += correlation(picture.predicted().errors().get(space), truth);
            ofMeanMap += meanMap == null ? 0 : correlation(meanMap, truth);
        }
        int count = compared.size();
        return new OfSpace(
                error / count,
                correlation / count,
                meanMap == null ? OptionalDouble.empty() : OptionalDouble.of(ofMeanMap / count));
    }

    /** Whether a space counts: its mean error is at least a tenth of that of W+. */
    public boolean counts(LatentSpace space) {
        return spaces.get(space).meanError()
                >= ERROR_SHARE_MIN * spaces.get(LatentSpace.W_PLUS).meanError();
    }

    /** Mean over the spaces that count. */
    public double correlation() {
        return spaces.entrySet().stream()
                .filter(entry -> counts(entry.getKey()))
                .mapToDouble(entry -> entry.getValue().correlation())
                .average()
                .orElseThrow();
    }

    /** The same of the mean map, if it is known. */
    public OptionalDouble meanMapCorrelation() {
        return spaces.entrySet().stream()
                .filter(entry ->
                        counts(entry.getKey()) && entry.getValue().ofMeanMap().isPresent())
                .mapToDouble(entry -> entry.getValue().ofMeanMap().getAsDouble())
                .average();
    }

    static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Pearson's correlation; 0 if one of the two is the same everywhere. */
    static double correlation(float[] first, float[] second) {
        double meanOfFirst = mean(first);
        double meanOfSecond = mean(second);
        double product = 0;
        double squareOfFirst = 0;
        double squareOfSecond = 0;
        for (int i = 0; i < first.length; i++) {
            double a = first[i] - meanOfFirst;
            double b = second[i] - meanOfSecond;
            product += a * b;
            squareOfFirst += a * a;
            squareOfSecond += b * b;
        }
        double scale = Math.sqrt(squareOfFirst * squareOfSecond);
        return scale == 0 ? 0 : product / scale;
    }
}
