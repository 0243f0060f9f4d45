package org.saminversion.inversion.invertibility;

import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.SpaceColours;

/** Pictures of a refined map in the paper's colours. For another threshold, refine the invertibility map again. */
public final class RefinedMapPicture {
    private RefinedMapPicture() {}

    /** Every pixel in the colour of its space. */
    public static RgbImage plain(RefinedMap map) {
        int[] labels = map.labels();
        byte[] pixels = new byte[3 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            int colour = SpaceColours.of(map.candidates().get(labels[i]));
            pixels[3 * i] = (byte) (colour >> 16);
            pixels[3 * i + 1] = (byte) (colour >> 8);
            pixels[3 * i + 2] = (byte) colour;
        }
        return new RgbImage(map.width(), map.height(), pixels);
    }

    /** The label of every pixel's segment as 65536 red + 256 green + blue, for programs. */
    public static RgbImage segments(RefinedMap map) {
        byte[] pixels = new byte[3 * map.segments().length];
        for (int i = 0; i < map.segments().length; i++) {
            int label = map.segments()[i];
            pixels[3 * i] = (byte) (label >> 16);
            pixels[3 * i + 1] = (byte) (label >> 8);
            pixels[3 * i + 2] = (byte) label;
        }
        return new RgbImage(map.width(), map.height(), pixels);
    }

    /**
     * The photograph tinted by the spaces.
     *
     * @param photograph of the map's size, or a whole multiple of it such as an enlarged one
     * @param opacity of the colours, from 0 to 1
     * @throws IllegalArgumentException if the sizes do not agree
     */
    public static RgbImage overlay(RefinedMap map, RgbImage photograph, double opacity) {
        int factor = photograph.width() / map.width();
        if (factor < 1 || photograph.width() != factor * map.width() || photograph.height() != factor * map.height()) {
            throw new IllegalArgumentException("a photograph of " + photograph.width() + " x " + photograph.height()
                    + " pixels does not lie on a map of " + map.width() + " x " + map.height());
        }
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new IllegalArgumentException("the opacity must be from 0 to 1, not " + opacity);
        }
        RgbImage colours = plain(map);
        byte[] pixels = new byte[photograph.pixels().length];
        for (int y = 0; y < photograph.height(); y++) {
            for (int x = 0; x < photograph.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    double level = (1 - opacity) * photograph.value(x, y, channel)
                            + opacity * colours.value(x / factor, y / factor, channel);
                    pixels[3 * (y * photograph.width() + x) + channel] = (byte) Math.round(level);
                }
            }
        }
        return new RgbImage(photograph.width(), photograph.height(), pixels);
    }
}
