package org.saminversion.standalone.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.image.RgbImage;

class InversionSheetTest {
    /** Where the second picture begins: behind a margin, the first one (64 pixels, threefold) and another margin. */
    private static final int SECOND_LEFT = 12 + 192 + 12;

    private static final int TOP = 12 + 20;

    @Test
    void theMapTintsThePhotograph() {
        RgbImage sheet = new InversionSheet(filled(64, 100))
                .map(filled(32, 200), Map.of("W+", 1.0))
                .draw();
        assertEquals(100, sheet.value(12, TOP, 0), "the photograph itself");
        assertEquals(155, sheet.value(SECOND_LEFT, TOP, 0), "0.55 of the map, 0.45 of the photograph");
    }

    @Test
    void spacesWithoutAShareAreNotExplained() {
        RgbImage one = new InversionSheet(filled(8, 0))
                .map(filled(8, 0), Map.of("W+", 1.0, "F4", 0.0, "F6", 0.0))
                .draw();
        RgbImage same = new InversionSheet(filled(8, 0))
                .map(filled(8, 0), Map.of("W+", 1.0))
                .draw();
        assertTrue(same.equals(one));
    }

    private static RgbImage filled(int side, int level) {
        byte[] pixels = new byte[3 * side * side];
        Arrays.fill(pixels, (byte) level);
        return new RgbImage(side, side, pixels);
    }
}
