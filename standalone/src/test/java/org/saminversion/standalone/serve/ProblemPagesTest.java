package org.saminversion.standalone.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of problem that callers of the service can meet has its page. */
class ProblemPagesTest {
    private static final Pattern KIND = Pattern.compile(
            "(?:new (?:JobFailure\\.)?Rejected|new Failure)\\(\\s*\"([a-z]+(?:-[a-z]+)+)\"|^    ([A-Z_]+)\\([0-9]{3}, \"",
            Pattern.MULTILINE);

    private static final Pattern SOURCES = Pattern.compile(
            "(api-gateway|shared-model|worker|segmenter-worker|gpu-worker|inversion)/src/main/java/org/saminversion/"
                    + "(gateway|model|worker|segmenter|gpu|inversion/(image|engine))/.*\\.java$");

    @Test
    void everyKindHasAPage() throws IOException {
        Set<String> missing = new TreeSet<>();
        Set<String> kinds = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path file : files.filter(
                            path -> SOURCES.matcher(path.toString()).find())
                    .toList()) {
                Matcher matcher = KIND.matcher(Files.readString(file));
                while (matcher.find()) {
                    kinds.add(
                            matcher.group(1) != null
                                    ? matcher.group(1)
                                    : matcher.group(2).toLowerCase(Locale.ROOT).replace('_', '-'));
                }
            }
        }
        for (String kind : kinds) {
            if (!Files.exists(Path.of("../docs/problems", kind + ".md"))) {
                missing.add(kind);
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(kinds.contains("image-unreadable") && kinds.contains("job-over"), kinds.toString());
    }
}
