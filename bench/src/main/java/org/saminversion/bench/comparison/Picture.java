package org.saminversion.bench.comparison;

import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.RgbImage;

/**
 * A picture to invert.
 *
 * @param label as the user knows it
 * @param key names its results; unique among the pictures, and fit for a file name
 */
record Picture(String label, String key, RgbImage image) {
    static Picture read(NamedPicture named) {
        return new Picture(named.label(), named.folder(), named.source().get());
    }
}
