package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.saminversion.model.batch.BatchFormat;

/** Opens catalogues. */
public final class Catalogues {
    private static final int BUFFER_BYTES = 64 << 10;

    private Catalogues() {}

    /**
     * @param upload is closed with the catalogue
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if nothing of it can be read
     */
    public static Catalogue open(BatchFormat format, SeekableByteChannel upload, ObjectMapper json) throws IOException {
        return switch (format) {
            case CSV -> manifest(upload, new CsvFormat(json));
            case JSONL -> manifest(upload, new JsonLineFormat(json));
            case URLS -> manifest(upload, new UrlListFormat());
            case ZIP -> new ArchiveCatalogue(new Archive(upload), json);
        };
    }

    private static Catalogue manifest(SeekableByteChannel upload, Manifest.Format format) {
        return new Manifest(
                new BufferedInputStream(Channels.newInputStream(upload), BUFFER_BYTES), format, RowReader.NO_FILES);
    }
}
