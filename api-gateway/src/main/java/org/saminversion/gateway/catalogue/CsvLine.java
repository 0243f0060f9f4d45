package org.saminversion.gateway.catalogue;

import java.util.ArrayList;
import java.util.List;
import org.saminversion.inversion.failure.JobFailure;

/**
 * The cells of one line of CSV (RFC 4180). A line is a row: no value of a catalogue has line breaks, and a quote that is not
 * closed must not swallow the rows after it, which is what readers of whole files do.
 */
final class CsvLine {
    private final String text;
    private final char delimiter;
    private int at;

    private CsvLine(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    /** @throws JobFailure.Rejected of kind {@code line-malformed} */
    static List<String> cells(String text, char delimiter) {
        CsvLine line = new CsvLine(text, delimiter);
        List<String> cells = new ArrayList<>();
        do {
            cells.add(line.cell());
        } while (line.skipDelimiter());
        return cells;
    }

    private String cell() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int end = text.indexOf(delimiter, at);
        String cell = text.substring(at, end < 0 ? text.length() : end);
        if (cell.indexOf('"') >= 0) {
            throw malformed("A cell with a quote must stand in quotes, with the quote doubled");
        }
        at += cell.length();
        return cell.strip();
    }

    private String quoted() {
        int open = at++;
        StringBuilder cell = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                cell.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                return cell.toString();
            }
        }
        at = open;
        throw malformed("A quote is not closed on its line");
    }

    private boolean skipDelimiter() {
        if (at == text.length()) {
            return false;
        }
        if (text.charAt(at) != delimiter) {
            throw malformed("Text follows a closing quote");
        }
        at++;
        return true;
    }

    private JobFailure.Rejected malformed(String what) {
        return new JobFailure.Rejected("line-malformed", what + " (column " + (at + 1) + " of the line).");
    }
}
