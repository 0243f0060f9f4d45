package org.saminversion.inversion.training;

import java.util.List;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;

/**
 * Photographs to train on, all of one size, held in memory (three bytes a pixel).
 *
 * @param images in the order of their sources, then of their names
 * @param skipped those that could not be read
 */
public record TrainingImages(List<RgbImage> images, List<Skipped> skipped) {
    /** A photograph that could not be read. @param why in words, for the user */
    public record Skipped(String name, String why) {}

    public TrainingImages {
        images = List.copyOf(images);
        skipped = List.copyOf(skipped);
    }

    /** @throws JobFailure.Rejected of kind {@code training-images} if there are fewer */
    public TrainingImages requireAtLeast(int count) {
        if (images.size() < count) {
            throw new JobFailure.Rejected(
                    "training-images",
                    "there are " + images.size() + " readable images"
                            + (skipped.isEmpty() ? "" : " (" + skipped.size() + " could not be read)")
                            + ", and at least "
                            + count + " are needed: give more images, or a smaller batch");
        }
        return this;
    }
}
