package org.saminversion.standalone.cli.invert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.TextFile;

/**
 * {@code result.json} beside the results of one picture. It is written last, so where it is, the others are complete.
 */
final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

    /** The content of the file. */
    record Finished(Fingerprint fingerprint, InversionReport report) {}

    private final Path folder;
    private final Path file;

    ResultFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("result.json");
    }

    /** The earlier result, if it was made from the same picture in the same way and its files are still there. */
    Optional<InversionReport> finishedWith(Fingerprint fingerprint) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Finished finished;
        try {
            finished = JSON.readValue(Files.readAllBytes(file), Finished.class);
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
        if (!fingerprint.equals(finished.fingerprint)) {
            return Optional.empty();
        }
        // The folder may have moved, or be named from another working directory.
        Map<String, String> paths = new TreeMap<>();
        finished.report
                .paths()
                .forEach((name, path) -> paths.put(
                        name, folder.resolve(Path.of(path).getFileName()).toString()));
        return paths.values().stream().allMatch(path -> Files.exists(Path.of(path)))
                ? Optional.of(finished.report.at(paths))
                : Optional.empty();
    }

    void write(Fingerprint fingerprint, InversionReport report) {
        TextFile.write(file, toJson(PRETTY, new Finished(fingerprint, report)) + "\n");
    }

    /** Called first when a picture is done again, so that an old result never stands beside half of the new files. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** One line. */
    static String toJsonLine(InversionReport report) {
        return toJson(JSON.writer(), report);
    }

    private static String toJson(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new JobFailure.Bug("a result cannot be written as JSON.", impossible);
        }
    }
}
