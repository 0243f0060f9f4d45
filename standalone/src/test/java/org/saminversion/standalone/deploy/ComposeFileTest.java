package org.saminversion.standalone.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.saminversion.standalone.rules.Project;

/** No Docker engine runs here: every part of docker-compose.yml is known, and what it names exists in our build. */
class ComposeFileTest {
    private static final Set<String> PARTS = Set.of("name", "services", "volumes", "x-service");
    private static final Set<String> SERVICE_PARTS = Set.of(
            "build",
            "depends_on",
            "deploy",
            "environment",
            "healthcheck",
            "image",
            "ports",
            "restart",
            "stop_grace_period",
            "volumes");
    private static final Set<String> HEALTH_PARTS = Set.of("test", "interval", "timeout", "retries", "start_period");
    private static final Set<String> POSTGRES_NAMES = Set.of("POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD");

    private final Yaml file =
            Yaml.documents(Project.root().resolve("docker-compose.yml")).get(0);
    private final Map<String, Yaml> services = file.get("services").members();

    @Test
    void everyPartIsOneOfComposes() {
        List<String> found = new ArrayList<>();
        refuse(found, file, PARTS);
        for (Yaml service : services.values()) {
            refuse(found, service, SERVICE_PARTS);
            refuse(found, service.get("healthcheck"), HEALTH_PARTS);
            refuse(found, service.get("build"), Set.of("context", "target"));
            for (String duration : List.of("interval", "timeout", "start_period")) {
                Yaml value = service.get("healthcheck", duration);
                if (!value.text().matches("[0-9]+s")) {
                    found.add(value + " is no duration");
                }
            }
            if (!Set.of("CMD", "CMD-SHELL")
                    .contains(service.get("healthcheck", "test").items().get(0).text())) {
                found.add(service.at() + " has a health check that is no command");
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void everyImageOfOursIsBuiltFromAStageOfTheDockerfile() {
        Set<String> modules = new TreeSet<>();
        services.forEach((name, service) -> {
            String image = service.get("image").text();
            if (image.startsWith(Services.IMAGE_PREFIX)) {
                assertEquals(Services.IMAGE_PREFIX + name, image);
                modules.add(Services.moduleOf(service.get("build", "target").text()));
            } else {
                assertTrue(image.matches("[a-z/]+:[0-9][0-9.]*"), image + " names no version");
            }
        });
        assertEquals(new TreeSet<>(Services.MODULES), modules);
    }

    @Test
    void everyVariableIsReadByItsService() {
        services.forEach((name, service) -> {
            Set<String> variables = service.get("environment").members().keySet();
            if (service.get("build").isThere()) {
                assertEquals(Set.of(), Services.unknown(variables), name);
            }
        });
        assertEquals(
                POSTGRES_NAMES,
                services.get("postgres").get("environment").members().keySet());
        Set<String> brokerNames = new HashSet<>();
        AbstractKafkaConfig.CONFIG_DEF
                .names()
                .forEach(key -> brokerNames.add("KAFKA_" + Services.environmentName(key)));
        Set<String> unknown =
                new TreeSet<>(services.get("kafka").get("environment").members().keySet());
        unknown.removeAll(brokerNames);
        assertEquals(Set.of(), unknown);
    }

    @Test
    void portsAndFoldersAreThoseOfTheImages() {
        String port = Services.imageVariable("QUARKUS_HTTP_PORT");
        assertEquals(
                List.of("127.0.0.1:8080:" + port),
                services.get("gateway").get("ports").items().stream()
                        .map(Yaml::text)
                        .toList());
        assertTrue(
                Project.read(Services.DOCKERFILE).contains("AS gateway")
                        && Services.imageVariable("SAM_KEYS_REQUIRED").equals("true"),
                "a gateway that everybody reaches asks for keys");
        for (Yaml service : services.values()) {
            for (Yaml volume : service.get("volumes").items()) {
                String[] parts = volume.text().split(":");
                boolean ours = service.get("build").isThere();
                assertTrue(
                        ours
                                ? Project.root().resolve(parts[0]).toFile().isDirectory()
                                        && parts[1].equals(Services.imageVariable("SAM_BUNDLES"))
                                : file.get("volumes").members().containsKey(parts[0]),
                        volume.toString());
            }
            if (service.get("build").isThere()) {
                String check = service.get("healthcheck", "test").items().get(3).text();
                assertTrue(check.contains("/dev/tcp/127.0.0.1/" + port + " "), check);
            }
        }
    }

    @Test
    void nothingStartsBeforeWhatItNeeds() {
        services.forEach((name, service) -> service.get("depends_on").members().forEach((other, needs) -> {
            assertEquals("service_healthy", needs.get("condition").text(), name);
            assertTrue(services.get(other).get("healthcheck").isThere(), other + " has no health check");
        }));
    }

    @Test
    void theGpuIsReservedForTheWorkerThatUsesItAndNoPasswordIsWrittenDown() {
        services.forEach((name, service) -> assertEquals(
                name.equals("gpu-worker"),
                service.get("deploy", "resources", "reservations", "devices").isThere(),
                name));
        assertTrue(services.values().stream()
                .flatMap(service -> service.get("environment").members().entrySet().stream())
                .filter(variable -> variable.getKey().endsWith("PASSWORD"))
                .allMatch(variable -> variable.getValue().text().startsWith("${")));
    }

    private static void refuse(List<String> found, Yaml part, Set<String> known) {
        part.members().forEach((name, member) -> {
            if (!known.contains(name)) {
                found.add(member.at() + " is unknown");
            }
        });
    }
}
