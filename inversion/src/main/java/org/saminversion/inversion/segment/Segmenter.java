package org.saminversion.inversion.segment;

import org.saminversion.inversion.image.RgbImage;

/** Cuts a picture into segments. The same picture always gives the same segments. Safe to share between threads. */
@FunctionalInterface
public interface Segmenter {
    /**
     * @param image at the target size of the bundle's layout
     * @return [height*width] labels from 0, row by row; labels may be left out
     */
    int[] segment(RgbImage image);
}
