package org.saminversion.standalone.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.saminversion.standalone.rules.Project;

/** No Kubernetes runs here: names that the manifests use must lead to each other and to our build. */
class KubernetesFilesTest {
    private static final Path FOLDER = Project.root().resolve("deploy/kubernetes");
    private static final Map<String, String> VERSIONS = Map.of(
            "Deployment", "apps/v1",
            "Service", "v1",
            "ConfigMap", "v1",
            "PersistentVolumeClaim", "v1",
            "PodDisruptionBudget", "policy/v1",
            "ScaledObject", "keda.sh/v1alpha1");
    private static final Map<String, String> PROBES = Map.of(
            "startupProbe", "/q/health/started",
            "readinessProbe", "/q/health/ready",
            "livenessProbe", "/q/health/live");

    private final Yaml list =
            Yaml.documents(FOLDER.resolve("kustomization.yaml")).get(0);
    private final List<Yaml> all = new ArrayList<>();

    KubernetesFilesTest() {
        for (Yaml name : list.get("resources").items()) {
            all.addAll(Yaml.documents(FOLDER.resolve(name.text())));
        }
    }

    @Test
    void everyFileIsListedAndEveryObjectIsOfAKnownVersion() {
        Set<String> files = new TreeSet<>();
        for (String name : FOLDER.toFile().list()) {
            files.add(name);
        }
        files.remove("kustomization.yaml");
        assertEquals(
                files,
                new TreeSet<>(
                        list.get("resources").items().stream().map(Yaml::text).toList()));
        for (Yaml object : all) {
            assertEquals(
                    VERSIONS.get(object.get("kind").text()),
                    object.get("apiVersion").text(),
                    object.at());
        }
    }

    @Test
    void everyDeploymentRunsAnImageOfOurs() {
        Set<String> modules = new TreeSet<>();
        for (Yaml deployment : ofKind("Deployment").values()) {
            Yaml container = container(deployment);
            String name = container.get("name").text();
            assertEquals(Services.IMAGE_PREFIX + name, container.get("image").text());
            modules.add(Services.moduleOf(name));
            assertEquals(
                    deployment.get("spec", "selector", "matchLabels").value(),
                    deployment.get("spec", "template", "metadata", "labels").value());
            assertEquals(
                    Services.imageVariable("QUARKUS_HTTP_PORT"),
                    container.get("ports").items().get(0).get("containerPort").text());
            PROBES.forEach((probe, path) -> {
                assertEquals(path, container.get(probe, "httpGet", "path").text());
                assertEquals("http", container.get(probe, "httpGet", "port").text());
            });
            assertEquals(
                    name.equals("gpu-worker"),
                    container.get("resources", "limits", "nvidia.com/gpu").isThere());
        }
        assertEquals(new TreeSet<>(Services.MODULES), modules);
    }

    @Test
    void everySettingIsReadByTheServices() {
        Set<String> names = new HashSet<>(
                ofKind("ConfigMap").get("sam-settings").get("data").members().keySet());
        for (Yaml deployment : ofKind("Deployment").values()) {
            Yaml container = container(deployment);
            container
                    .get("env")
                    .items()
                    .forEach(variable -> names.add(variable.get("name").text()));
            assertEquals(
                    "sam-settings",
                    container
                            .get("envFrom")
                            .items()
                            .get(0)
                            .get("configMapRef", "name")
                            .text());
        }
        assertEquals(Set.of(), Services.unknown(names));
    }

    @Test
    void everyFolderIsOfAVolumeThatIsThere() {
        Set<String> claims = ofKind("PersistentVolumeClaim").keySet();
        for (Yaml deployment : ofKind("Deployment").values()) {
            Set<String> volumes = new TreeSet<>();
            for (Yaml volume :
                    deployment.get("spec", "template", "spec", "volumes").items()) {
                volumes.add(volume.get("name").text());
                Yaml claim = volume.get("persistentVolumeClaim", "claimName");
                assertTrue(!claim.isThere() || claims.contains(claim.text()), claim.toString());
            }
            Map<String, String> mounts = new TreeMap<>();
            container(deployment)
                    .get("volumeMounts")
                    .items()
                    .forEach(mount -> mounts.put(
                            mount.get("name").text(), mount.get("mountPath").text()));
            assertEquals(volumes, mounts.keySet());
            assertEquals(Services.imageVariable("SAM_BUNDLES"), mounts.get("bundles"));
        }
    }

    @Test
    void workersAreScaledByAMetricThatTheGatewayExports() {
        Map<String, Yaml> deployments = ofKind("Deployment");
        Map<String, Yaml> scaled = ofKind("ScaledObject");
        assertEquals(Set.of("sam-gpu-worker", "sam-segmenter-worker"), scaled.keySet());
        for (Yaml scaler : scaled.values()) {
            assertTrue(deployments.containsKey(
                    scaler.get("spec", "scaleTargetRef", "name").text()));
            Yaml trigger = scaler.get("spec", "triggers").items().get(0);
            // The metric is a time that shrinks as workers come, so that it must be multiplied by their number.
            assertEquals("Value", trigger.get("metricType").text());
            String query = trigger.get("metadata", "query").text();
            Matcher metric =
                    Pattern.compile("max\\((\\w+)\\{stage=\"(map|run)\"}\\)").matcher(query);
            assertTrue(metric.matches(), query);
            assertTrue(isMeasured(metric.group(1).replace('_', '.')), query);
        }
    }

    private static boolean isMeasured(String meter) {
        return Project.mainSources().stream()
                .filter(file -> Project.name(file).startsWith("api-gateway/"))
                .anyMatch(file -> Project.read(file).contains('"' + meter + '"'));
    }

    private Map<String, Yaml> ofKind(String kind) {
        Map<String, Yaml> found = new TreeMap<>();
        for (Yaml object : all) {
            if (object.get("kind").text().equals(kind)) {
                found.put(object.get("metadata", "name").text(), object);
            }
        }
        return found;
    }

    private static Yaml container(Yaml deployment) {
        return deployment.get("spec", "template", "spec", "containers").items().get(0);
    }
}
