package org.saminversion.standalone.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.saminversion.standalone.rules.Project;

/** {@code docs/configuration.md} lists every key, from the modules' own defaults. {@code -Dsam.snapshots=write} renews it. */
class ConfigurationPageTest {
    private static final Path PAGE = Project.root().resolve("docs/configuration.md");
    private static final Pattern INJECTED =
            Pattern.compile("@ConfigProperty\\(\\s*name = \"(sam\\.[a-z0-9.-]+)\"([^)]*)\\)");

    @Test
    void thePageListsEveryKey() throws IOException {
        if (System.getProperty("sam.snapshots", "").equals("write")) {
            Files.writeString(PAGE, page());
        }
        assertEquals(Project.read(PAGE), page());
    }

    @Test
    void everyKeyHasItsMeaningAboveItAndOneHome() {
        List<String> wrong = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (ConfigurationKey key : ConfigurationKey.inProject()) {
            if (key.meaning().isEmpty()) {
                wrong.add(key.module() + ": " + key.name() + " has no comment above it that says what it does");
            }
            if (!seen.add(key.name())) {
                wrong.add(key.name() + " stands in two modules, of which an arbitrary one wins");
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(seen.size() > 10, "only " + seen + " were found");
    }

    @Test
    void everyInjectedKeyIsListedAndHasItsDefaultThere() {
        Set<String> listed = ConfigurationKey.inProject().stream()
                .map(ConfigurationKey::name)
                .collect(Collectors.toSet());
        List<String> wrong = new ArrayList<>();
        for (Path file : Project.mainSources()) {
            Matcher matcher = INJECTED.matcher(Project.read(file));
            while (matcher.find()) {
                if (!listed.contains(matcher.group(1))) {
                    wrong.add(Project.name(file) + " injects " + matcher.group(1)
                            + ": list it, with a comment, in the microprofile-config.properties of its module");
                }
                if (matcher.group(2).contains("defaultValue")) {
                    wrong.add(Project.name(file) + " hides the default of " + matcher.group(1)
                            + ": write it into the microprofile-config.properties of its module");
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Every key that is ours, from the defaults of the modules; a test keeps this page equal to them. A key is set by the
                environment variable beside it, by a system property (`SAM_JAVA_OPTIONS=-Dsam.gpu.slots=2 ./sam serve`), or in
                `config/application.properties` of the folder in which a process starts. Durations are written as in ISO 8601:
                `PT5S` are 5 seconds, `P7D` 7 days. Keys that begin with `quarkus.` and `mp.messaging.` are those of Quarkus and
                SmallRye Reactive Messaging.

                | key | default | meaning | environment variable | module |
                |---|---|---|---|---|
                """);
        ConfigurationKey.inProject().stream()
                .sorted(Comparator.comparing(ConfigurationKey::name))
                .forEach(key -> page.append(String.join(
                        " | ",
                        "| `" + key.name() + "`",
                        key.otherwise().isEmpty() ? "none" : "`" + key.otherwise() + "`",
                        key.meaning(),
                        "`" + key.environmentVariable() + "`",
                        "`" + key.module() + "` |\n")));
        return page.toString();
    }
}
