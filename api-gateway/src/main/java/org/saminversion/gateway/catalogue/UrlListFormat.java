package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One URL on each line; lines that begin with {@code #} are comments (RFC 2483, {@code text/uri-list}). */
final class UrlListFormat implements Manifest.Format {
    @Override
    public Optional<ObjectNode> fields(TextLine line) {
        return line.text().startsWith("#")
                ? Optional.empty()
                : Optional.of(JsonNodeFactory.instance.objectNode().put(RowReader.URL, line.text()));
    }
}
