package org.saminversion.standalone.cli.frame;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.saminversion.inversion.file.AtomicFile;

/** Results that programs read. */
public final class JsonFile {
    private JsonFile() {}

    /** Writes it whole or not at all. */
    public static void write(Path file, JsonNode content) {
        AtomicFile.write(
                file,
                channel -> channel.write(
                        ByteBuffer.wrap((content.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8))));
    }
}
