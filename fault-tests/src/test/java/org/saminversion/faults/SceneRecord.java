package org.saminversion.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What came of a scene, for people who read the output, and for programs. */
final class SceneRecord {
    private static final Path FOLDER = Path.of(System.getProperty("sam.faults.results", "target/faults/results"));

    private SceneRecord() {}

    /**
     * Prints the sentence, and writes the figures down as {@code SCENE.json}, with the machine.
     *
     * @param figures by name, as JSON takes them
     */
    static void write(String scene, Duration took, String sentence, Map<String, Object> figures) throws IOException {
        System.out.printf("faults: %s: %s; %d s in all%n", scene, sentence, took.toSeconds());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("scene", scene);
        result.putAll(figures);
        result.put("seconds", took.toSeconds());
        result.put("processors", Runtime.getRuntime().availableProcessors());
        result.put("java", System.getProperty("java.version"));
        result.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        Files.createDirectories(FOLDER);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(FOLDER.resolve(scene + ".json").toFile(), result);
    }
}
