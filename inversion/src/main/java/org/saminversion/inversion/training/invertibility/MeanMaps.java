package org.saminversion.inversion.training.invertibility;

import java.util.List;
import java.util.SortedMap;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

/** Mean maps as the tensor that the network starts from. */
final class MeanMaps {
    /** Keeps predictions above 0. */
    private static final float LEAST = 1e-4f;

    private MeanMaps() {}

    /** @param like any picture, for the size; @return [1,K,H,W] */
    static Tensor tensor(List<LatentSpace> candidates, SortedMap<LatentSpace, float[]> means, RgbImage like) {
        int plane = like.height() * like.width();
        float[] all = new float[candidates.size() * plane];
        for (int k = 0; k < candidates.size(); k++) {
            float[] mean = means.get(candidates.get(k));
            if (mean == null) {
                throw new JobFailure.Rejected(
                        "training-images",
                        "no image was inverted into " + candidates.get(k)
                                + ": invert more images, or more of them into the feature spaces");
            }
            for (int i = 0; i < plane; i++) {
                all[k * plane + i] = Math.max(LEAST, mean[i]);
            }
        }
        return Tensor.of(Shape.of(1, candidates.size(), like.height(), like.width()), all);
    }
}
