package org.saminversion.inversion.image;

import java.util.Arrays;

/**
 * An opaque 8-bit RGB picture.
 *
 * @param pixels three bytes per pixel, row by row, sRGB
 */
public record RgbImage(int width, int height, byte[] pixels) {
    public RgbImage {
        if (width < 1 || height < 1 || pixels.length != 3 * width * height) {
            throw new IllegalArgumentException(
                    "a picture of " + width + " x " + height + " pixels cannot have " + pixels.length + " bytes");
        }
    }

    /** One channel value in 0..255. */
    public int value(int x, int y, int channel) {
        return pixels[3 * (y * width + x) + channel] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage image
                && width == image.width
                && height == image.height
                && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }
}
