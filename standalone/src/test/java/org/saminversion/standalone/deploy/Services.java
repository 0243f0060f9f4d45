package org.saminversion.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.standalone.rules.Project;

/** What our build really offers: modules that are packaged as processes, their settings, and the stages of the Dockerfile. */
final class Services {
    static final List<String> MODULES = List.of("api-gateway", "segmenter-worker", "gpu-worker");
    static final String IMAGE_PREFIX = "sam-inversion/";
    static final Path DOCKERFILE = Project.root().resolve("Dockerfile");
    private static final Pattern STAGE =
            Pattern.compile("(?m)^FROM service AS (\\S+)\\nCOPY --from=build /source/(\\S+)/target/quarkus-app/ \\./$");

    private Services() {}

    /** The module that an image of the Dockerfile runs. */
    static String moduleOf(String stage) {
        Matcher matcher = STAGE.matcher(Project.read(DOCKERFILE));
        while (matcher.find()) {
            if (matcher.group(1).equals(stage)) {
                return matcher.group(2);
            }
        }
        throw new AssertionError("the Dockerfile has no stage " + stage + " that copies a program of ours");
    }

    /** Names of environment variables that a service understands: those of all keys in the modules' defaults. */
    static Set<String> environmentNames() {
        Set<String> names = new TreeSet<>();
        for (Path file : Project.filesEndingWith("src/main/resources/META-INF/microprofile-config.properties")) {
            Properties properties = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            properties.stringPropertyNames().forEach(key -> names.add(environmentName(key)));
        }
        return names;
    }

    /** Those of the names that no service of ours understands. */
    static Set<String> unknown(Collection<String> names) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(environmentNames());
        return unknown;
    }

    /** As MicroProfile Config has it. */
    static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The value of a variable that the images set. */
    static String imageVariable(String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=(\\S+)").matcher(Project.read(DOCKERFILE));
        if (!matcher.find()) {
            throw new AssertionError("the Dockerfile does not set " + name);
        }
        return matcher.group(1);
    }
}
