package org.saminversion.standalone.picture;

import java.util.HashMap;
import java.util.Map;

/**
 * Letters of 5 x 7 pixels. Drawn by hand because the JDK draws text only where the machine has fonts installed, which a
 * server often does not.
 */
final class PixelFont {
    static final int GLYPH_WIDTH_PIXELS = 5;
    static final int GLYPH_HEIGHT_PIXELS = 7;
    /** From the left edge of one letter to that of the next. */
    static final int ADVANCE_PIXELS = 6;

    private static final char REPLACEMENT = '?';

    /** A character, then seven rows from the top as two hexadecimal digits each; bit 4 is the leftmost pixel. */
    private static final String[] GLYPHS = {
        "A0E11111F111111", "B1E11111E11111E", "C0E11101010110E", "D1E11111111111E", "E1F10101E10101F",
        "F1F10101E101010", "G0E11101711110F", "H1111111F111111", "I0E04040404040E", "J0702020202120C",
        "K11121418141211", "L1010101010101F", "M111B1515111111", "N11191513111111", "O0E11111111110E",
        "P1E11111E101010", "Q0E11111115120D", "R1E11111E141211", "S0F10100E01011E", "T1F040404040404",
        "U1111111111110E", "V11111111110A04", "W1111111515150A", "X11110A040A1111", "Y11110A04040404",
        "Z1F01020408101F", "a00000E010F110F", "b1010161911111E", "c00000E1010110E", "d01010D1311110F",
        "e00000E111F100E", "f0609081C080808", "g000F110F01110E", "h10101619111111", "i04000C0404040E",
        "j0200060202120C", "k10101214181412", "l0C04040404040E", "m00001A15151511", "n00001619111111",
        "o00000E1111110E", "p00001E111E1010", "q00000D130F0101", "r00001619101010", "s00000F100E011E",
        "t08081C08080906", "u0000111111130D", "v00001111110A04", "w0000111115150A", "x0000110A040A11",
        "y000011110F010E", "z00001F0204081F", "00E11131519110E", "1040C040404040E", "20E11010204081F",
        "31F02040201110E", "402060A121F0202", "51F101E0101110E", "60608101E11110E", "71F010204080808",
        "80E11110E11110E", "90E11110F01020C", " 00000000000000", ".0000000000000C", ",00000000040408",
        ":00000400000400", "-0000001F000000", "+0004041F040400", "=00001F001F0000", "%18190204081303",
        "(02040808080402", ")08040202020408", "/01010204081010", "_0000000000001F", "?0E110102040004",
    };

    private static final Map<Character, int[]> ROWS = rows();

    private PixelFont() {}

    /** @return seven rows from the top; bit 4 of each is the leftmost pixel. Unknown characters look like a question mark */
    static int[] glyph(char letter) {
        int[] rows = ROWS.get(letter);
        return rows == null ? ROWS.get(REPLACEMENT) : rows;
    }

    static int widthPixels(String text) {
        return text.isEmpty() ? 0 : ADVANCE_PIXELS * text.length() - (ADVANCE_PIXELS - GLYPH_WIDTH_PIXELS);
    }

    private static Map<Character, int[]> rows() {
        Map<Character, int[]> all = new HashMap<>();
        for (String glyph : GLYPHS) {
            int[] rows = new int[GLYPH_HEIGHT_PIXELS];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Integer.parseInt(glyph, 1 + 2 * row, 3 + 2 * row, 16);
            }
            all.put(glyph.charAt(0), rows);
        }
        return Map.copyOf(all);
    }
}
