package org.saminversion.standalone.cli.invert;

import java.nio.file.Path;
import org.saminversion.inversion.image.RgbImage;

/**
 * A picture that is read and still has to be inverted.
 *
 * @param label as the user knows it
 * @param folder where its results go; nothing unfinished is left there
 */
record PreparedPicture(String label, Path folder, RgbImage photograph, Fingerprint fingerprint) {}
