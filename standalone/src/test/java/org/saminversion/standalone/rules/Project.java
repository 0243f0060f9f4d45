package org.saminversion.standalone.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The project's own files, for tests that read them. */
public final class Project {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "data", "out", ".idea", ".vscode");

    private Project() {}

    /** The folder of the parent POM, found upwards from where the test runs. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Files with this ending in the whole project, without build output. */
    public static List<Path> filesEndingWith(String... endings) {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .filter(Project::isOurs)
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Java files outside of tests. */
    public static List<Path> mainSources() {
        return filesEndingWith(".java").stream()
                .filter(file -> root().relativize(file).toString().contains("src/main/"))
                .toList();
    }

    public static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static String name(Path file) {
        return root().relativize(file).toString();
    }

    private static boolean isOurs(Path file) {
        for (Path part : root().relativize(file)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
