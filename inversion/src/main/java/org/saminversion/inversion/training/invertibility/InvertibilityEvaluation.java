package org.saminversion.inversion.training.invertibility;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.space.LatentSpace;

/** Compares what a bundle's network predicts with trial inversions. */
public final class InvertibilityEvaluation {
    private InvertibilityEvaluation() {}

    /**
     * @param engine of a bundle with an invertibility network
     * @param samples pictures that were inverted into all candidate spaces, at least one
     * @param tau the error ceiling at which spaces are chosen
     */
    public static InvertibilityQuality of(SamEngine engine, ErrorSamples samples, double tau) {
        List<InvertibilityQuality.Compared> compared = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            RgbImage picture = samples.pictures().get(i);
            int[] segments = engine.segment(picture);
            compared.add(new InvertibilityQuality.Compared(
                    map(picture, segments, samples.errors().get(i)),
                    map(picture, segments, engine.predictErrors(picture))));
        }
        return InvertibilityQuality.of(compared, engine.meanErrors(), tau);
    }

    private static InvertibilityMap map(RgbImage picture, int[] segments, SortedMap<LatentSpace, float[]> errors) {
        return new InvertibilityMap(picture.width(), picture.height(), segments, errors);
    }
}
