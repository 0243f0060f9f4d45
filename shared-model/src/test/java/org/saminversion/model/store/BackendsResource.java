package org.saminversion.model.store;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.saminversion.embedded.EmbeddedDatabase;
import org.saminversion.embedded.EmbeddedKafka;

/** A real PostgreSQL and a real Kafka broker for the tests of this module. */
public final class BackendsResource implements QuarkusTestResourceLifecycleManager {
    private EmbeddedDatabase database;
    private EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("sam-store-test");
            database = EmbeddedDatabase.start(folder.resolve("postgresql"));
            kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "sam.database.address", database.address(),
                "sam.database.user", database.user(),
                "sam.database.password", database.password(),
                "kafka.bootstrap.servers", kafka.bootstrapServers());
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
