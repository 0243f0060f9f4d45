package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A running cluster with a caller, and what must hold when a fault is over. */
final class Scene implements AutoCloseable {
    static final String GATEWAY = "gateway";
    private static final Map<String, String> MAP_SETTINGS = Map.of("SAM_SEGMENTER_CHECKPOINT_EVERY", "PT1S");
    private static final Map<String, String> RUN_SETTINGS =
            Map.of("SAM_GPU_SLOTS", "2", "SAM_GPU_CHECKPOINT_EVERY", "PT2S");

    /** Callbacks may go to this machine, and are tried again soon. */
    static final Map<String, String> GATEWAY_SETTINGS = Map.of(
            "SAM_OUTBOUND_ALLOW_PRIVATE",
            "true",
            "SAM_CALLBACKS_RETRIES",
            "PT1S,PT2S,PT5S,PT10S" + ",PT15S".repeat(20));

    private final String name;
    private final long startedNanos = System.nanoTime();
    private final Cluster cluster;
    private final Caller caller = new Caller();
    private final Audit audit;
    private final List<UUID> accepted = Collections.synchronizedList(new ArrayList<>());

    private Scene(String name, Cluster cluster) {
        this.name = name;
        this.cluster = cluster;
        this.audit = new Audit(cluster.database());
    }

    /** Starts everything with one gateway, one segmenter worker and so many GPU workers. */
    static Scene start(String name, int gpuWorkers) throws IOException {
        return start(name, gpuWorkers, folder(name).resolve("postgresql"));
    }

    /** @param database folder of PostgreSQL, on whatever disk */
    static Scene start(String name, int gpuWorkers, Path database) throws IOException {
        delete(folder(name));
        Scene scene = new Scene(name, new Cluster(folder(name), database));
        try {
            scene.cluster.add(GATEWAY, "api-gateway", GATEWAY_SETTINGS);
            // It makes the tables.
            scene.cluster.awaitReady(GATEWAY);
            scene.cluster.add(segmenter(0), "segmenter-worker", MAP_SETTINGS);
            for (int i = 0; i < gpuWorkers; i++) {
                scene.cluster.add(gpu(i), "gpu-worker", RUN_SETTINGS);
            }
            for (int i = 0; i < gpuWorkers; i++) {
                scene.cluster.awaitReady(gpu(i));
            }
            scene.cluster.awaitReady(segmenter(0));
            return scene;
        } catch (IOException | RuntimeException | AssertionError failure) {
            scene.close();
            throw failure;
        }
    }

    /** One of each service, started by {@code ./sam}. */
    static Scene startByScript(String name) throws IOException {
        delete(folder(name));
        Scene scene = new Scene(name, new Cluster(folder(name), folder(name).resolve("postgresql")));
        try {
            scene.cluster.addByScript(GATEWAY, "gateway");
            scene.cluster.awaitReady(GATEWAY);
            scene.cluster.addByScript(segmenter(0), "worker", "segment");
            scene.cluster.addByScript(gpu(0), "worker", "run");
            scene.cluster.awaitReady(segmenter(0));
            scene.cluster.awaitReady(gpu(0));
            return scene;
        } catch (IOException | RuntimeException | AssertionError failure) {
            scene.close();
            throw failure;
        }
    }

    private static Path folder(String name) {
        return Path.of("target", "faults", name).toAbsolutePath();
    }

    static String gpu(int i) {
        return "gpu-worker-" + i;
    }

    static String segmenter(int i) {
        return "segmenter-worker-" + i;
    }

    Cluster cluster() {
        return cluster;
    }

    Audit audit() {
        return audit;
    }

    List<UUID> accepted() {
        return accepted;
    }

    /** Submits, and remembers what was accepted. @return the status */
    int submit(Caller.Order order) throws IOException, InterruptedException {
        return submit(cluster.address(GATEWAY), order);
    }

    int submit(URI gateway, Caller.Order order) throws IOException, InterruptedException {
        Caller.Answer answer = caller.submit(gateway, order);
        if (answer.job() != null) {
            accepted.add(answer.job());
        }
        return answer.status();
    }

    /** As {@link Caller#callBack}. */
    String callBack(String url) throws IOException, InterruptedException {
        return caller.callBack(cluster.address(GATEWAY), url);
    }

    void awaitAllFinished(Duration most) {
        Patience.until(most, "every job is over", () -> audit.unfinished() == 0);
    }

    /** Every accepted job, and every other that was stored, has one whole result, and equal orders have equal results. */
    void assertNothingLostAndNothingTwice() throws SQLException {
        List<UUID> stored = audit.jobs();
        assertEquals(Map.of("SUCCEEDED", (long) stored.size()), audit.jobsByState());
        HashSet<UUID> lost = new HashSet<>(accepted);
        stored.forEach(lost::remove);
        assertEquals(0, lost.size(), () -> "accepted and gone: " + lost);
        assertEquals(List.of(), audit.notFinishedOnce());
        assertEquals(List.of(), audit.withGapsInTheirEvents());
        assertEquals(List.of(), audit.withoutEveryStepOnce());
        assertEquals(List.of(), audit.ordersWithDifferentLatents());
    }

    /** Tells what came of it. @param figures by name, as JSON takes them */
    void tell(String sentence, Map<String, Object> figures) throws IOException {
        SceneRecord.write(name, Duration.ofNanos(System.nanoTime() - startedNanos), sentence, figures);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }
}
