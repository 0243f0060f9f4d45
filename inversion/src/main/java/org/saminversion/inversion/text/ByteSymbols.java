package org.saminversion.inversion.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The letters that stand for bytes in lists of byte pairs: printable ones for themselves, the others for further ones. */
final class ByteSymbols {
    private static final String[] BY_BYTE = new String[256];
    private static final List<String> IN_ORDER = new ArrayList<>();

    static {
        for (int value = 0; value < BY_BYTE.length; value++) {
            if (isPrintable(value)) {
                put(value, value);
            }
        }
        int next = BY_BYTE.length;
        for (int value = 0; value < BY_BYTE.length; value++) {
            if (!isPrintable(value)) {
                put(value, next++);
            }
        }
    }

    private ByteSymbols() {}

    private static boolean isPrintable(int value) {
        return value >= '!' && value <= '~' || value >= 0xa1 && value <= 0xac || value >= 0xae;
    }

    private static void put(int value, int symbol) {
        BY_BYTE[value] = Character.toString(symbol);
        IN_ORDER.add(BY_BYTE[value]);
    }

    /** All 256, in the order of their numbers. */
    static List<String> inOrder() {
        return List.copyOf(IN_ORDER);
    }

    /** A text's bytes in UTF-8, a symbol for each. */
    static List<String> of(String text) {
        List<String> symbols = new ArrayList<>();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            symbols.add(BY_BYTE[value & 0xff]);
        }
        return symbols;
    }
}
