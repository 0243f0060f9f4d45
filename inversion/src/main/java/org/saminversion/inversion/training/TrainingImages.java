package org.saminversion.inversion.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.RgbImage;

/**
 * Photographs to train on, all of the size at which the bundle compares pictures. As many as fit into a quarter of the memory that Java
 * may use are held there (three bytes a pixel).
 *
 * @param images in the order of the pictures
 * @param skipped those that could not be read
 */
public record TrainingImages(List<RgbImage> images, List<Skipped> skipped) {
    /** A photograph that could not be read. @param why in words, for the user */
    public record Skipped(String label, String why) {}

    public TrainingImages {
        images = Collections.unmodifiableList(images);
        skipped = List.copyOf(skipped);
    }

    /** Reads all pictures; those that cannot be read are skipped. */
    public static TrainingImages read(List<NamedPicture> pictures, ImageLayout layout) {
        return read(pictures, layout, Runtime.getRuntime().maxMemory() / 4);
    }

    static TrainingImages read(List<NamedPicture> pictures, ImageLayout layout, long heldBytesMax) {
        HeldPictures images = new HeldPictures(heldBytesMax);
        List<Skipped> skipped = new ArrayList<>();
        for (NamedPicture picture : pictures) {
            try {
                images.add(
                        layout.target(picture.source().get()),
                        () -> layout.target(picture.source().get()));
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
