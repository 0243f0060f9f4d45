package org.saminversion.standalone.picture;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.space.SpaceColours;

/** The result of one inversion at one glance: photograph, map, reconstruction and edits side by side. */
public final class InversionSheet {
    /** How much of the map's colour covers the photograph. */
    private static final double MAP_OPACITY = 0.55;

    private final ContactSheet sheet = new ContactSheet();
    private final RgbImage photograph;

    /** @param photograph at the size of the generator's image */
    public InversionSheet(RgbImage photograph) {
        this.photograph = photograph;
        sheet.add("input", photograph);
    }

    /**
     * Shows which space each part of the photograph got.
     *
     * @param map one colour per space, as {@link SpaceColours} has them; any size of the same shape
     * @param shares part of the picture by the name of the space
     */
    public InversionSheet map(RgbImage map, Map<String, Double> shares) {
        sheet.add("spaces", overlay(map));
        SortedMap<LatentSpace, Double> sorted = new TreeMap<>();
        shares.forEach((name, share) -> sorted.put(LatentSpace.parse(name), share));
        sorted.forEach((space, share) -> {
            if (share > 0) {
                sheet.key(SpaceColours.of(space), space + " " + Math.round(100 * share) + "%");
            }
        });
        return this;
    }

    public InversionSheet add(String label, RgbImage picture) {
        sheet.add(label, picture);
        return this;
    }

    public InversionSheet note(String line) {
        sheet.note(line);
        return this;
    }

    public RgbImage draw() {
        return sheet.draw();
    }

    private RgbImage overlay(RgbImage map) {
        byte[] pixels = new byte[photograph.pixels().length];
        for (int y = 0; y < photograph.height(); y++) {
            int mapY = y * map.height() / photograph.height();
            for (int x = 0; x < photograph.width(); x++) {
                int mapX = x * map.width() / photograph.width();
                for (int channel = 0; channel < 3; channel++) {
                    double mixed = MAP_OPACITY * map.value(mapX, mapY, channel)
                            + (1 - MAP_OPACITY) * photograph.value(x, y, channel);
                    pixels[3 * (y * photograph.width() + x) + channel] = (byte) Math.round(mixed);
                }
            }
        }
        return new RgbImage(photograph.width(), photograph.height(), pixels);
    }
}
