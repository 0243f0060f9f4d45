package org.saminversion.standalone.serve;

import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;

/** Pictures that the tests make. */
public final class Pictures {
    private Pictures() {}

    public static byte[] png(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7);
        }
        return PngWriter.toBytes(new RgbImage(width, height, pixels));
    }
}
