package org.saminversion.standalone.serve;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.saminversion.embedded.EmbeddedDatabase;
import org.saminversion.embedded.EmbeddedKafka;

/** The broker and the database that {@link Service} starts, on a folder that is new for each test run. */
public final class ServiceBackends implements QuarkusTestResourceLifecycleManager {
    private EmbeddedDatabase database;
    private EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("sam-service-test");
            database = EmbeddedDatabase.start(folder.resolve("postgresql"));
            kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.ofEntries(
                Map.entry("sam.database.address", database.address()),
                Map.entry("sam.database.user", database.user()),
                Map.entry("sam.database.password", database.password()),
                Map.entry("kafka.bootstrap.servers", kafka.bootstrapServers()),
                Map.entry("sam.bundles", "../models"),
                Map.entry("sam.sweeper.pause", "PT1S"),
                Map.entry("quarkus.http.test-port", "0"),
                // Receivers of the tests listen on the loopback interface, and are tried again at once.
                Map.entry("sam.outbound.allow-private", "true"),
                Map.entry("sam.callbacks.retries", "PT0.02S,PT0.1S" + ",PT0.5S".repeat(200)),
                Map.entry("sam.callbacks.poll", "PT0.02S"));
    }

    @Override
    public void stop() {
        try {
            kafka.close();
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
