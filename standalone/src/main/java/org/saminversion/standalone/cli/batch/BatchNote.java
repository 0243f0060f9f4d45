package org.saminversion.standalone.cli.batch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Remembers in the folder of the results which batch was made of a catalogue, until the results are there. */
final class BatchNote {
    private final Path file;
    private final BatchInput catalogue;

    BatchNote(Path folder, BatchInput catalogue) {
        this.file = folder.resolve(".batch");
        this.catalogue = catalogue;
    }

    /** Empty unless the note is of the same catalogue, unchanged. */
    Optional<URI> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return lines.size() == 2 && lines.get(1).equals(catalogue.fingerprint())
                ? Optional.of(URI.create(lines.get(0)))
                : Optional.empty();
    }

    void write(URI batch) throws IOException {
        Files.writeString(file, batch + "\n" + catalogue.fingerprint() + "\n", StandardCharsets.UTF_8);
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
