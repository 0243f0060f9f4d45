package org.saminversion.bench.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.AtomicFile;

/** Results per picture on disk, so that a long comparison goes on where it was stopped. */
final class MeasurementStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param fingerprint everything that decided the result */
    record Kept(String fingerprint, Measurement measurement) {}

    private final Path folder;

    MeasurementStore(Path folder) {
        this.folder = folder;
    }

    Path file(Variant variant, Picture picture, String ending) {
        return folder.resolve(variant.name()).resolve(picture.key() + ending);
    }

    /** The earlier result, if it was made in the same way. */
    Optional<Measurement> find(Variant variant, Picture picture, String fingerprint) {
        Path file = file(variant, picture, ".json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Kept kept = JSON.readValue(Files.readAllBytes(file), Kept.class);
            return kept.fingerprint().equals(fingerprint) ? Optional.of(kept.measurement()) : Optional.empty();
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    void keep(Variant variant, Picture picture, String fingerprint, Measurement measurement) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(new Kept(fingerprint, measurement)));
            AtomicFile.write(file(variant, picture, ".json"), channel -> {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            });
        } catch (JsonProcessingException impossible) {
            throw new JobFailure.Bug("a measurement cannot be written as JSON.", impossible);
        }
    }
}
