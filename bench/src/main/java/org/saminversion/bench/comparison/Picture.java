package org.saminversion.bench.comparison;

import org.saminversion.inversion.image.RgbImage;

/**
 * A picture to invert.
 *
 * @param label as the user knows it
 * @param key names its results; unique among the pictures, and fit for a file name
 */
public record Picture(String label, String key, RgbImage image) {}
