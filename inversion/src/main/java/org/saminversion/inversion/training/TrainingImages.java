package org.saminversion.inversion.training;

import java.util.ArrayList;
import java.util.List;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.RgbImage;

/**
 * Photographs to train on, all of the size at which the bundle compares pictures, held in memory (three bytes a pixel).
 *
 * @param images in the order of the pictures
 * @param skipped those that could not be read
 */
public record TrainingImages(List<RgbImage> images, List<Skipped> skipped) {
    /** A photograph that could not be read. @param why in words, for the user */
    public record Skipped(String label, String why) {}

    public TrainingImages {
        images = List.copyOf(images);
        skipped = List.copyOf(skipped);
    }

    /** Reads all pictures; those that cannot be read are skipped. */
    public static TrainingImages read(List<NamedPicture> pictures, ImageLayout layout) {
        List<RgbImage> images = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        for (NamedPicture picture : pictures) {
            try {
                images.add(layout.target(picture.source().get()));
            } catch (JobFailure.Rejected unreadable) {
                skipped.add(new Skipped(picture.label(), unreadable.getMessage()));
            }
        }
        return new TrainingImages(images, skipped);
    }

    /** @throws JobFailure.Rejected of kind {@code training-images} if there are fewer */
    public TrainingImages requireAtLeast(int count) {
        if (images.size() < count) {
            throw new JobFailure.Rejected(
                    "training-images",
                    "there are " + images.size() + " readable images"
                            + (skipped.isEmpty() ? "" : " (" + skipped.size() + " could not be read)")
                            + ", and at least " + count + " are needed: give more images");
        }
        return this;
    }
}
