package org.saminversion.gateway.http;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of CSV files (RFC 4180). */
public final class Cells {
    private Cells() {}

    /** A line with its end. */
    public static String line(Object... cells) {
        return Arrays.stream(cells).map(cell -> cell(cell.toString())).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** A cell that a spreadsheet would take for a formula is made a text. */
    private static String cell(String text) {
        String safe = text.matches("(?s)[=+\\-@].*") ? "'" + text : text;
        return safe.matches("[A-Za-z0-9 :.-]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
