package org.saminversion.inversion.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;

/** Turns whatever a decoder made into opaque 8-bit sRGB, transparent parts composited on white. */
final class OpaqueRgb {
    private OpaqueRgb() {}

    static RgbImage of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean components = model instanceof ComponentColorModel && !model.isAlphaPremultiplied();
        if (components && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            return fromGrey(image);
        }
        if (components && model.getColorSpace().isCS_sRGB()) {
            return fromSamples(image, new int[] {0, 1, 2}, 3);
        }
        return fromPackedColours(model.getColorSpace().isCS_sRGB() ? image : converted(image));
    }

    /** Java counts plain grey as linear light and would brighten it: the samples are taken as they are. */
    private static RgbImage fromGrey(BufferedImage image) {
        return fromSamples(image, new int[] {0, 0, 0}, 1);
    }

    private static RgbImage fromSamples(BufferedImage image, int[] bands, int alphaBand) {
        Raster raster = image.getRaster();
        int samplesMax = (1 << image.getColorModel().getComponentSize(0)) - 1;
        boolean alpha = image.getColorModel().hasAlpha();
        int width = image.getWidth();
        byte[] out = new byte[3 * width * image.getHeight()];
        int[] row = new int[width * raster.getNumBands()];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * raster.getNumBands();
                long opacity = alpha ? row[at + alphaBand] : samplesMax;
                for (int channel = 0; channel < 3; channel++) {
                    out[3 * (y * width + x) + channel] = (byte) onWhite(row[at + bands[channel]], opacity, samplesMax);
                }
            }
        }
        return new RgbImage(width, image.getHeight(), out);
    }

    /** The 8-bit level of a sample over white, rounded once. */
    private static long onWhite(long sample, long opacity, long samplesMax) {
        long whole = samplesMax * samplesMax;
        long light = sample * opacity + samplesMax * (samplesMax - opacity);
        return (light * 255 + whole / 2) / whole;
    }

    private static RgbImage fromPackedColours(BufferedImage image) {
        int width = image.getWidth();
        byte[] out = new byte[3 * width * image.getHeight()];
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int at = 3 * (y * width + x);
                int opacity = row[x] >>> 24;
                out[at] = (byte) onWhite(row[x] >> 16 & 0xff, opacity, 255);
                out[at + 1] = (byte) onWhite(row[x] >> 8 & 0xff, opacity, 255);
                out[at + 2] = (byte) onWhite(row[x] & 0xff, opacity, 255);
            }
        }
        return new RgbImage(width, image.getHeight(), out);
    }

    private static BufferedImage converted(BufferedImage image) {
        boolean opaque = image.getColorModel().getTransparency() == Transparency.OPAQUE;
        BufferedImage out = new BufferedImage(
                image.getWidth(), image.getHeight(), opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        return new ColorConvertOp(null).filter(image, out);
    }
}
