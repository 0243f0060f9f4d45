package org.saminversion.standalone.picture;

import org.saminversion.inversion.image.RgbImage;

/** A picture being drawn. Everything is opaque; drawing outside of it is an error. */
final class Canvas {
    private final int width;
    private final int height;
    private final byte[] pixels;

    /** @param background 0xRRGGBB */
    Canvas(int width, int height, int background) {
        this.width = width;
        this.height = height;
        this.pixels = new byte[3 * width * height];
        fill(0, 0, width, height, background);
    }

    void fill(int left, int top, int columns, int rows, int color) {
        for (int y = top; y < top + rows; y++) {
            for (int x = left; x < left + columns; x++) {
                set(x, y, color);
            }
        }
    }

    /** Draws the picture enlarged by a whole factor, every pixel becoming a square, so that it stays crisp. */
    void draw(RgbImage picture, int left, int top, int factor) {
        for (int y = 0; y < picture.height() * factor; y++) {
            for (int x = 0; x < picture.width() * factor; x++) {
                int from = 3 * (y / factor * picture.width() + x / factor);
                System.arraycopy(picture.pixels(), from, pixels, offset(left + x, top + y), 3);
            }
        }
    }

    /** Writes one line of text; its top left corner is given, each font pixel becomes a square of this many pixels. */
    void write(String text, int left, int top, int factor, int color) {
        for (int i = 0; i < text.length(); i++) {
            int[] rows = PixelFont.glyph(text.charAt(i));
            for (int row = 0; row < rows.length; row++) {
                for (int column = 0; column < PixelFont.GLYPH_WIDTH_PIXELS; column++) {
                    if ((rows[row] >> (PixelFont.GLYPH_WIDTH_PIXELS - 1 - column) & 1) == 1) {
                        int x = left + factor * (i * PixelFont.ADVANCE_PIXELS + column);
                        fill(x, top + factor * row, factor, factor, color);
                    }
                }
            }
        }
    }

    RgbImage toImage() {
        return new RgbImage(width, height, pixels.clone());
    }

    private void set(int x, int y, int color) {
        int at = offset(x, y);
        pixels[at] = (byte) (color >> 16);
        pixels[at + 1] = (byte) (color >> 8);
        pixels[at + 2] = (byte) color;
    }

    private int offset(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException(
                    "pixel " + x + ", " + y + " lies outside of " + width + " x " + height + " pixels");
        }
        return 3 * (y * width + x);
    }
}
