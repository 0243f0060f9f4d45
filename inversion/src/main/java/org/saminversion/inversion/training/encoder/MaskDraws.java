package org.saminversion.inversion.training.encoder;

import java.util.SortedMap;
import java.util.SplittableRandom;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

/** Under which masks encoders of deltas see a photograph. */
interface MaskDraws {
    /**
     * @param image at the size of the layout's target
     * @return per feature space among the candidates [1,1,r,r]
     */
    SortedMap<LatentSpace, Tensor> draw(RgbImage image, SplittableRandom random);
}
