package org.saminversion.inversion.image;

import java.util.function.Supplier;

/**
 * A picture that somebody named, not read yet.
 *
 * @param label as the user knows it: the path, or path and place within an archive or array file
 * @param folder a name for the folder of its results; unique among the pictures that were named together
 * @param source reads it; throws a {@link org.saminversion.inversion.failure.JobFailure} if it cannot be read
 */
public record NamedPicture(String label, String folder, Supplier<RgbImage> source) {}
