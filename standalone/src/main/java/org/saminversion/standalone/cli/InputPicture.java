package org.saminversion.standalone.cli;

import java.util.function.Supplier;
import org.saminversion.inversion.image.RgbImage;

/**
 * A picture that the user named on the command line.
 *
 * @param label as the user knows it: the path, or path and index within an array file
 * @param folder name of the folder for its results; unique within one run
 * @param source reads it; throws a {@link org.saminversion.inversion.failure.JobFailure} if it cannot be read
 */
record InputPicture(String label, String folder, Supplier<RgbImage> source) {}
