package org.saminversion.standalone.cli.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.saminversion.inversion.file.AtomicFile;

/** Writes text whole or not at all. */
public final class TextFile {
    private TextFile() {}

    /** In UTF-8. */
    public static void write(Path file, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }
}
