package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.saminversion.gateway.catalogue.CatalogueLine.Linked;
import org.saminversion.gateway.catalogue.CatalogueLine.Photograph;
import org.saminversion.gateway.catalogue.CatalogueLine.Row;
import org.saminversion.inversion.failure.JobFailure;

/** Turns the fields of a manifest's row into a row. */
final class RowReader {
    static final String CUSTOM_ID = "customId";
    static final String FILE = "file";
    static final String URL = "url";

    private final Files files;

    /** The files that a manifest can name. */
    @FunctionalInterface
    interface Files {
        /** @throws JobFailure.Rejected if there is none, or it cannot be read */
        byte[] read(String name) throws IOException;
    }

    /** What a manifest without an archive can name. */
    static final Files NO_FILES = name -> {
        throw new JobFailure.Rejected(
                "line-malformed", "Only the manifest of an archive can name a file; name a url instead.");
    };

    RowReader(Files files) {
        this.files = files;
    }

    /**
     * @param fields customId, file, url, and the settings; emptied of the first three
     * @throws JobFailure.Rejected with the first thing that is wrong
     */
    Row read(long number, ObjectNode fields) throws IOException {
        Optional<String> customId = take(fields, CUSTOM_ID);
        Optional<String> file = take(fields, FILE);
        Optional<String> url = take(fields, URL);
        if (file.isPresent() == url.isPresent()) {
            throw new JobFailure.Rejected("line-malformed", "A row names either a file or a url.");
        }
        String id = CustomIds.check(customId.or(() -> file).or(() -> url).orElseThrow());
        Photograph photograph = url.isPresent()
                ? new Linked(PictureAddress.parse(url.get()))
                : new CatalogueLine.Enclosed(files.read(file.orElseThrow()));
        return new Row(number, id, photograph, fields);
    }

    private static Optional<String> take(ObjectNode fields, String name) {
        JsonNode value = fields.remove(name);
        if (value == null
                || value.isNull()
                || value.isTextual() && value.textValue().isBlank()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new JobFailure.Rejected("line-malformed", name + " must be a text.");
        }
        return Optional.of(value.textValue().strip());
    }
}
