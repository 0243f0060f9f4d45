package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.saminversion.inversion.failure.JobFailure;

/**
 * CSV with a header line. Cells are separated by commas, or by semicolons or tabs when the header is; {@code edits} holds a
 * JSON array and {@code settings} a JSON object.
 */
final class CsvFormat implements Manifest.Format {
    private static final Set<String> TEXTS =
            Set.of(RowReader.CUSTOM_ID, RowReader.FILE, RowReader.URL, "bundle", "method", "optimizer");
    private static final Set<String> NUMBERS = Set.of("tau", "steps", "seed");
    private static final Set<String> JSON = Set.of("edits", "settings");

    private final ObjectMapper json;
    private List<String> columns = List.of();
    private char delimiter;

    CsvFormat(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public Optional<ObjectNode> fields(TextLine line) {
        if (columns.isEmpty()) {
            try {
                readHeader(line.text());
            } catch (JobFailure.Rejected e) {
                throw new UnreadableManifest(e);
            }
            return Optional.empty();
        }
        List<String> cells = CsvLine.cells(line.text(), delimiter);
        if (cells.size() != columns.size()) {
            throw malformed("The line has " + cells.size() + " cells, but the header names " + columns.size() + ".");
        }
        ObjectNode fields = json.createObjectNode();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isBlank()) {
                put(fields, columns.get(i), cells.get(i));
            }
        }
        return Optional.of(fields);
    }

    private void readHeader(String header) {
        delimiter = ',';
        for (char other : new char[] {';', '\t'}) {
            if (count(header, other) > count(header, delimiter)) {
                delimiter = other;
            }
        }
        List<String> names = CsvLine.cells(header, delimiter);
        Set<String> known = new TreeSet<>(TEXTS);
        known.addAll(NUMBERS);
        known.addAll(JSON);
        for (String name : names) {
            if (!known.contains(name)) {
                throw malformed("The first line must name the columns; there is no column \"" + name + "\", known are "
                        + known + ".");
            }
        }
        if (Set.copyOf(names).size() != names.size()) {
            throw malformed("The first line names a column twice: " + names + ".");
        }
        columns = names;
    }

    private void put(ObjectNode fields, String column, String cell) {
        if (TEXTS.contains(column)) {
            fields.put(column, cell);
            return;
        }
        try {
            fields.set(column, json.readTree(cell));
        } catch (JsonProcessingException e) {
            if (JSON.contains(column)) {
                throw malformed(column + " is not JSON: " + e.getOriginalMessage());
            }
            // Not a number: whoever checks the settings says so.
            fields.put(column, cell);
        }
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static JobFailure.Rejected malformed(String detail) {
        return new JobFailure.Rejected("line-malformed", detail);
    }
}
