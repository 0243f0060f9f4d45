package org.saminversion.standalone.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.saminversion.standalone.rules.Project;

/**
 * A key of ours, as its module's {@code META-INF/microprofile-config.properties} has it.
 *
 * @param meaning the comment above it; empty if there is none
 */
record ConfigurationKey(String module, String name, String otherwise, String meaning) {
    private static final String PREFIX = "sam.";

    static List<ConfigurationKey> inProject() {
        List<ConfigurationKey> keys = new ArrayList<>();
        for (Path file : Project.filesEndingWith("src/main/resources/META-INF/microprofile-config.properties")) {
            String module = Project.root().relativize(file).getName(0).toString();
            StringBuilder comment = new StringBuilder();
            for (String line : Project.read(file).split("\n")) {
                if (line.startsWith("#")) {
                    comment.append(comment.isEmpty() ? "" : " ")
                            .append(line.substring(1).strip());
                } else {
                    if (line.startsWith(PREFIX)) {
                        String[] parts = line.split("=", 2);
                        keys.add(new ConfigurationKey(module, parts[0].strip(), parts[1].strip(), comment.toString()));
                    }
                    comment.setLength(0);
                }
            }
        }
        return keys;
    }

    /** As MicroProfile Config looks it up in the environment. */
    String environmentVariable() {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
