package org.saminversion.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.AtomicFile;

/**
 * A result on disk beside everything that decided it, so that long measurements go on where they were stopped.
 *
 * @param type what JSON is made of and read into
 */
public record KeptResult<T>(Path file, Class<T> type) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FINGERPRINT = "fingerprint";
    private static final String RESULT = "result";

    /** @param fingerprint everything that decides the result; empty if there is none or it was made in another way */
    public Optional<T> read(String fingerprint) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode kept = JSON.readTree(Files.readAllBytes(file));
            return kept.path(FINGERPRINT).asText().equals(fingerprint)
                    ? Optional.of(JSON.treeToValue(kept.path(RESULT), type))
                    : Optional.empty();
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    public void write(String fingerprint, T result) {
        ObjectNode kept = JSON.createObjectNode().put(FINGERPRINT, fingerprint);
        kept.set(RESULT, JSON.valueToTree(result));
        try {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(kept));
            AtomicFile.write(file, channel -> {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            });
        } catch (JsonProcessingException impossible) {
            throw new JobFailure.Bug("a result cannot be written as JSON.", impossible);
        }
    }
}
