package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.saminversion.gateway.catalogue.CatalogueLine.Enclosed;
import org.saminversion.gateway.catalogue.CatalogueLine.Linked;
import org.saminversion.gateway.catalogue.CatalogueLine.Row;
import org.saminversion.gateway.catalogue.CatalogueLine.Wrong;
import org.saminversion.model.batch.BatchFormat;

/** Catalogues as texts that tests compare. */
final class CatalogueText {
    private CatalogueText() {}

    /** One text for each line: number, name, picture and settings of a row; number, name or "-", and the reason otherwise. */
    static List<String> read(BatchFormat format, byte[] upload) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Catalogue catalogue =
                Catalogues.open(format, new SeekableInMemoryByteChannel(upload), new ObjectMapper())) {
            for (Optional<CatalogueLine> line = catalogue.next(); line.isPresent(); line = catalogue.next()) {
                lines.add(text(line.get()));
            }
        }
        return lines;
    }

    private static String text(CatalogueLine line) {
        if (line instanceof Wrong wrong) {
            return wrong.number() + " " + wrong.customId().orElse("-") + " "
                    + wrong.reason().getMessage();
        }
        Row row = (Row) line;
        String picture = row.photograph() instanceof Linked linked
                ? linked.address().toString()
                : ((Enclosed) row.photograph()).bytes().length + " bytes";
        return row.number() + " " + row.customId() + " " + picture + " " + row.settings();
    }
}
