package org.saminversion.inversion.image;

import java.util.Arrays;

/**
 * An opaque 8-bit RGB picture.
 *
 * @param pixels three bytes per pixel, row by row, sRGB
 */
public record RgbImage(int width, int height, byte[] pixels) {
    public RgbImage {
        if (width < 1 || height < 1 || pixels.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "a picture of " + width + " x " + height + " pixels cannot have " + pixels.length + " bytes");
        }
    }

    /** One channel value in 0..255. */
    public int value(int x, int y, int channel) {
        return pixels[3 * (y * width + x) + channel] & 0xff;
    }

    /** A rectangle of this picture. @throws IllegalArgumentException if it does not lie within */
    public RgbImage crop(int left, int top, int cropWidth, int cropHeight) {
        if (left < 0 || top < 0 || left > width - cropWidth || top > height - cropHeight) {
            throw new IllegalArgumentException("a crop of " + cropWidth + " x " + cropHeight + " at " + left + ", "
                    + top + " does not lie within " + width + " x " + height + " pixels");
        }
        byte[] out = new byte[3 * cropWidth * cropHeight];
        for (int y = 0; y < cropHeight; y++) {
            System.arraycopy(pixels, 3 * ((top + y) * width + left), out, 3 * y * cropWidth, 3 * cropWidth);
        }
        return new RgbImage(cropWidth, cropHeight, out);
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
