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
        return Map.of(
                "sam.database.address", database.address(),
                "sam.database.user", database.user(),
                "sam.database.password", database.password(),
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "sam.bundles", "../models",
                "sam.sweeper.pause", "PT1S",
                "quarkus.http.test-port", "0");
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
