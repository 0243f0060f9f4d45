package org.saminversion.standalone.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.image.RgbImage;

class ContactSheetTest {
    @Test
    void everyPixelOfAPictureBecomesASquareOfItsColour() {
        byte[] pixels = new byte[3 * 64 * 64];
        Arrays.fill(pixels, (byte) 200);
        pixels[0] = 10;
        RgbImage sheet =
                new ContactSheet().add("input", new RgbImage(64, 64, pixels)).draw();

        // 64 pixels are enlarged threefold, below a margin of 12 and a label of 20.
        int left = 12;
        int top = 12 + 20;
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 3; x++) {
                assertEquals(10, sheet.value(left + x, top + y, 0));
            }
        }
        assertEquals(200, sheet.value(left + 3, top, 0));
        assertEquals(200, sheet.value(left + 191, top + 191, 0));
        assertEquals(255, sheet.value(left + 192, top + 191, 0), "the margin is white");
    }

    @Test
    void theSheetIsWideEnoughForItsLongestLine() {
        String note = "a note that is much longer than the only picture is wide, and still fits";
        RgbImage sheet = new ContactSheet().add("x", gray(64)).note(note).draw();
        assertTrue(sheet.width() > 2 * 6 * note.length(), "width " + sheet.width());
    }

    @Test
    void largePicturesKeepTheirSize() {
        RgbImage sheet = new ContactSheet().add("x", gray(512)).draw();
        assertEquals(512 + 24, sheet.width());
    }

    @Test
    void aSheetWithoutPicturesIsAMistake() {
        assertThrows(IllegalStateException.class, () -> new ContactSheet().draw());
    }

    @Test
    void lettersLookLikeThemselves() {
        Canvas canvas = new Canvas(PixelFont.widthPixels("F4"), 7, 0xffffff);
        canvas.write("F4", 0, 0, 1, 0);
        assertEquals("""
                #####    #.
                #       ##.
                #      # #.
                ####  #  #.
                #     #####
                #        #.
                #        #.
                """.replace(".", " "), ascii(canvas.toImage()));
    }

    private static String ascii(RgbImage picture) {
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                text.append(picture.value(x, y, 0) == 0 ? '#' : ' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static RgbImage gray(int side) {
        return new RgbImage(side, side, new byte[3 * side * side]);
    }
}
