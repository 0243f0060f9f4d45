package org.saminversion.standalone.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.saminversion.standalone.rules.Project;

/** No Docker engine runs here; what the Dockerfile names must exist all the same. */
class DockerfileTest {
    private final String text = Project.read(Services.DOCKERFILE);

    @Test
    void theBuildPackagesEveryServiceAndTheStagesCopyThem() {
        assertTrue(
                text.contains("mvn -q -B -ntp -Pprocesses -pl " + String.join(",", Services.MODULES) + " -am package"));
        for (String module : Services.MODULES) {
            String stage = module.equals("api-gateway") ? "gateway" : module;
            assertEquals(module, Services.moduleOf(stage));
            assertTrue(
                    Project.read(Project.root().resolve(module).resolve("pom.xml"))
                            .contains("<id>processes</id>"),
                    module + " is not packaged as a process");
        }
    }

    @Test
    void thePortIsTheOneThatTheServicesListenOn() {
        assertTrue(text.contains("EXPOSE " + Services.imageVariable("QUARKUS_HTTP_PORT") + "\n"));
    }

    @Test
    void itSetsNothingThatNoServiceReads() {
        Set<String> names = new TreeSet<>();
        Pattern.compile("\\b((?:SAM|KAFKA)_[A-Z_]+)=")
                .matcher(text)
                .results()
                .forEach(found -> names.add(found.group(1)));
        assertEquals(Set.of(), Services.unknown(names));
        assertTrue(names.contains("SAM_BUNDLES"), "the pattern finds variables");
    }

    @Test
    void everyBaseImageNamesItsVersion() {
        Pattern.compile("(?m)^FROM (\\S+)")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .forEach(image ->
                        assertTrue(image.equals("service") || image.matches("[a-z/-]+:[0-9][A-Za-z0-9.-]+"), image));
    }
}
