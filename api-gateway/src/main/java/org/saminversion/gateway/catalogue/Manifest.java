package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.saminversion.gateway.catalogue.CatalogueLine.Wrong;
import org.saminversion.inversion.failure.JobFailure;

/** A catalogue that is text: one line, one row; blank lines count but say nothing. */
final class Manifest implements Catalogue {
    private final TextLines lines;
    private final Format format;
    private final RowReader rows;

    /** How a line is written. */
    interface Format {
        /** The fields of the line; empty if it has no row, such as a comment or a header. */
        Optional<ObjectNode> fields(TextLine line) throws IOException;
    }

    /** @param in buffered */
    Manifest(InputStream in, Format format, RowReader.Files files) {
        this.lines = new TextLines(in);
        this.format = format;
        this.rows = new RowReader(files);
    }

    @Override
    public Optional<CatalogueLine> next() throws IOException {
        for (Optional<TextLine> line = lines.next(); line.isPresent(); line = lines.next()) {
            Optional<CatalogueLine> found = read(line.get());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<CatalogueLine> read(TextLine line) throws IOException {
        if (!line.isGood()) {
            return Optional.of(new Wrong(
                    line.number(), Optional.empty(), new JobFailure.Rejected("line-malformed", line.fault())));
        }
        if (line.text().isBlank()) {
            return Optional.empty();
        }
        Optional<String> customId = Optional.empty();
        try {
            Optional<ObjectNode> fields = format.fields(line);
            if (fields.isEmpty()) {
                return Optional.empty();
            }
            customId = Optional.ofNullable(
                            fields.get().path(RowReader.CUSTOM_ID).textValue())
                    .filter(id ->
                            id.length() <= CustomIds.LENGTH_MAX && id.chars().noneMatch(Character::isISOControl));
            return Optional.of(rows.read(line.number(), fields.get()));
        } catch (UnreadableManifest e) {
            throw e.reason();
        } catch (JobFailure.Rejected e) {
            return Optional.of(new Wrong(line.number(), customId, e));
        }
    }
}
