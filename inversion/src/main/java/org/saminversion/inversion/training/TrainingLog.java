package org.saminversion.inversion.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.AtomicFile;

/** {@code training.jsonl}: one line for each run of the program. */
public final class TrainingLog {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * @param step steps done
     * @param steps in all
     * @param loss mean over the steps since the line before
     * @param validationLoss where the validation images were looked at
     * @param imagesPerSecond since the line before
     */
    public record Entry(int step, int steps, double loss, OptionalDouble validationLoss, double imagesPerSecond) {}

    private final Path file;

    TrainingLog(Path file) {
        this.file = file;
    }

    /** Drops the lines beyond a checkpoint: the steps after it are done again. */
    void cutAfter(int step) {
        if (Files.exists(file)) {
            String kept = read(file).stream()
                    .filter(entry -> entry.step() <= step)
                    .map(TrainingLog::line)
                    .collect(Collectors.joining());
            AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(kept.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static String line(Entry entry) {
        ObjectNode line = MAPPER.createObjectNode()
                .put("step", entry.step())
                .put("steps", entry.steps())
                .put("loss", entry.loss())
                .put("images_per_second", entry.imagesPerSecond());
        entry.validationLoss().ifPresent(loss -> line.put("validation_loss", loss));
        return line + "\n";
    }

    void add(Entry entry) {
        try {
            Files.writeString(file, line(entry), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new JobFailure.Transient(
                    file + " could not be written: " + e.getMessage()
                            + "; check the free space, then start the same command again: it goes on from the last checkpoint",
                    e);
        }
    }

    /** The lines of a log. */
    public static List<Entry> read(Path file) {
        try {
            List<Entry> entries = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                // The last line of a killed training may be cut off.
                if (line.endsWith("}")) {
                    entries.add(parsed(line));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Entry parsed(String line) throws IOException {
        ObjectNode node = MAPPER.readValue(line, ObjectNode.class);
        OptionalDouble validation = node.has("validation_loss")
                ? OptionalDouble.of(node.get("validation_loss").asDouble())
                : OptionalDouble.empty();
        return new Entry(
                node.get("step").asInt(),
                node.get("steps").asInt(),
                node.get("loss").asDouble(),
                validation,
                node.get("images_per_second").asDouble());
    }
}
