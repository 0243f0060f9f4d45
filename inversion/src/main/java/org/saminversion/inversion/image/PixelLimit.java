package org.saminversion.inversion.image;

import org.saminversion.inversion.failure.JobFailure;

/** How many pixels a picture may have, checked by its header before anything is unpacked. */
record PixelLimit(long pixelsMax) {
    private static final int MILLION = 1_000_000;

    /**
     * @throws JobFailure.Rejected if it has more pixels
     * @throws UnreadableImageException if it has none
     */
    void check(int width, int height) {
        if (width < 1 || height < 1) {
            throw new UnreadableImageException("its header says " + width + " x " + height + " pixels");
        }
        if ((long) width * height > pixelsMax) {
            throw new JobFailure.Rejected(
                    "image-too-large",
                    "the image has " + width + " x " + height + " pixels by its header; at most " + pixelsMax / MILLION
                            + " megapixels are accepted. Make it smaller and try again.");
        }
    }
}
