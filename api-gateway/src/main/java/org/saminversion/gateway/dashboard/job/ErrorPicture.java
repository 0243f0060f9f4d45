package org.saminversion.gateway.dashboard.job;

import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The predicted errors of a space as a picture: dark where the space reconstructs well, bright where it does not. The colours grow
 * lighter evenly, so that they also tell their order to those who see few colours.
 */
final class ErrorPicture {
    /** From no error to the largest of all spaces of the map, as 0xRRGGBB. */
    static final int[] COLOURS = {0x0d0829, 0x3b0f70, 0x8c2981, 0xde4968, 0xfe9f6d, 0xfcfdbf};

    private ErrorPicture() {}

    static RgbImage of(InvertibilityMap map, LatentSpace space) {
        double largest = largest(map);
        float[] errors = map.errors().get(space);
        byte[] pixels = new byte[3 * errors.length];
        for (int i = 0; i < errors.length; i++) {
            int colour = colour(largest == 0 ? 0 : errors[i] / largest);
            pixels[3 * i] = (byte) (colour >> 16);
            pixels[3 * i + 1] = (byte) (colour >> 8);
            pixels[3 * i + 2] = (byte) colour;
        }
        return new RgbImage(map.width(), map.height(), pixels);
    }

    /** The largest error in any space, which has the last colour. */
    static double largest(InvertibilityMap map) {
        double largest = 0;
        for (float[] errors : map.errors().values()) {
            for (float error : errors) {
                largest = Math.max(largest, error);
            }
        }
        return largest;
    }

    /** @param part of the largest error, from 0 to 1 */
    static int colour(double part) {
        double place = Math.max(0, Math.min(1, part)) * (COLOURS.length - 1);
        int below = Math.min((int) place, COLOURS.length - 2);
        double rest = place - below;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = COLOURS[below] >> shift & 0xff;
            int to = COLOURS[below + 1] >> shift & 0xff;
            colour |= (int) Math.round(from + rest * (to - from)) << shift;
        }
        return colour;
    }
}
