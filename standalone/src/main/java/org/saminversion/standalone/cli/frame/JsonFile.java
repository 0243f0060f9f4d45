package org.saminversion.standalone.cli.frame;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Results that programs read. */
public final class JsonFile {
    private JsonFile() {}

    /** Writes it whole or not at all. */
    public static void write(Path file, JsonNode content) {
        TextFile.write(file, content.toPrettyString() + "\n");
    }
}
