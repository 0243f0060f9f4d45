package org.saminversion.standalone.picture;

import org.saminversion.inversion.image.RgbImage;

/**
 * Puts things over the picture of a face that no face generator has seen: sun glasses, a chequered scarf and a sticker with
 * letters. The result is a test photograph of which some segments are easy to invert and others are not.
 */
public final class PastedOver {
    private static final int GLASS = 24;
    private static final int GLASS_SHINE = 92;
    private static final int SCARF_DARK = 60;
    private static final int SCARF_LIGHT = 205;
    private static final int STICKER = 238;
    private static final int STICKER_INK = 30;
    /** Samples per pixel and axis, for smooth edges. */
    private static final int SUPERSAMPLING = 4;

    /** What covers a point, in coordinates from 0 to 1. */
    private interface Paste {
        /** @return grey level 0 to 255, or -1 where the point is not covered */
        int levelAt(double x, double y);
    }

    private PastedOver() {}

    /** @param face an aligned face that fills a square */
    public static RgbImage face(RgbImage face) {
        RgbImage out = face;
        for (Paste paste : new Paste[] {PastedOver::scarf, PastedOver::glasses, PastedOver::sticker}) {
            out = apply(paste, out);
        }
        return out;
    }

    private static int glasses(double x, double y) {
        double fromMiddle = Math.abs(x - 0.5);
        boolean lens = inEllipse(fromMiddle - 0.2, y - 0.23, 0.16, 0.115);
        boolean bridge = fromMiddle < 0.06 && Math.abs(y - 0.2) < 0.018;
        boolean temple = fromMiddle > 0.34 && Math.abs(y - 0.2) < 0.016;
        if (!(lens || bridge || temple)) {
            return -1;
        }
        boolean shine = lens && Math.abs((x < 0.5 ? x - 0.28 : x - 0.68) + (y - 0.23)) < 0.018;
        return shine ? GLASS_SHINE : GLASS;
    }

    private static int scarf(double x, double y) {
        double edge = 0.97 - 0.6 * (x - 0.5) * (x - 0.5) + 0.01 * Math.sin(40 * x);
        if (y < edge) {
            return -1;
        }
        long column = (long) Math.floor((x + 0.35 * y) * 14);
        long row = (long) Math.floor((y - 0.2 * x) * 16);
        return (column + row) % 2 == 0 ? SCARF_DARK : SCARF_LIGHT;
    }

    private static int sticker(double x, double y) {
        double left = 0.03;
        double top = 0.5;
        double cell = 0.016;
        String text = "SAM";
        int columns = PixelFont.widthPixels(text);
        int column = (int) Math.floor((x - left) / cell) - 1;
        int row = (int) Math.floor((y - top) / cell) - 1;
        if (column < -1 || column > columns || row < -1 || row > PixelFont.GLYPH_HEIGHT_PIXELS) {
            return -1;
        }
        return inked(text, column, row) ? STICKER_INK : STICKER;
    }

    private static boolean inked(String text, int column, int row) {
        int within = Math.floorMod(column, PixelFont.ADVANCE_PIXELS);
        if (column < 0
                || column >= PixelFont.widthPixels(text)
                || row < 0
                || row >= PixelFont.GLYPH_HEIGHT_PIXELS
                || within >= PixelFont.GLYPH_WIDTH_PIXELS) {
            return false;
        }
        int[] glyph = PixelFont.glyph(text.charAt(column / PixelFont.ADVANCE_PIXELS));
        return (glyph[row] >> (PixelFont.GLYPH_WIDTH_PIXELS - 1 - within) & 1) == 1;
    }

    private static boolean inEllipse(double x, double y, double radiusX, double radiusY) {
        return x * x / (radiusX * radiusX) + y * y / (radiusY * radiusY) <= 1;
    }

    private static RgbImage apply(Paste paste, RgbImage under) {
        byte[] pixels = under.pixels().clone();
        for (int y = 0; y < under.height(); y++) {
            for (int x = 0; x < under.width(); x++) {
                int covered = 0;
                int sum = 0;
                for (int sample = 0; sample < SUPERSAMPLING * SUPERSAMPLING; sample++) {
                    double dx = (sample % SUPERSAMPLING + 0.5) / SUPERSAMPLING;
                    double dy = (sample / SUPERSAMPLING + 0.5) / SUPERSAMPLING;
                    int level = paste.levelAt((x + dx) / under.width(), (y + dy) / under.height());
                    if (level >= 0) {
                        covered++;
                        sum += level;
                    }
                }
                int uncovered = SUPERSAMPLING * SUPERSAMPLING - covered;
                for (int channel = 0; channel < 3; channel++) {
                    int mixed = sum + uncovered * under.value(x, y, channel);
                    pixels[3 * (y * under.width() + x) + channel] =
                            (byte) Math.round((float) mixed / (SUPERSAMPLING * SUPERSAMPLING));
                }
            }
        }
        return new RgbImage(under.width(), under.height(), pixels);
    }
}
