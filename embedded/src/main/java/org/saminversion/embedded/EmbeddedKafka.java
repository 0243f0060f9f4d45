package org.saminversion.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka broker that is its own controller (KRaft), bound to 127.0.0.1 on free ports. */
public final class EmbeddedKafka implements AutoCloseable {
    /** Constant, because a folder formatted under one cluster id cannot be opened under another. */
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qg";

    private static final String LOOPBACK = "127.0.0.1";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Formats the folder on first use and starts a broker with the settings of production. */
    public static EmbeddedKafka start(Path folder) throws IOException {
        return start(folder, Map.of());
    }

    /** @param overrides broker settings by their Kafka names, for example a shorter record lock for a test */
    public static EmbeddedKafka start(Path folder, Map<String, String> overrides) throws IOException {
        Files.createDirectories(folder);
        format(folder);
        int brokerPort = FreePort.next();
        Properties settings = settings(folder, brokerPort, FreePort.next());
        settings.putAll(overrides);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, LOOPBACK + ":" + brokerPort);
    }

    /** For example {@code 127.0.0.1:39213}; another port at each start. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path folder) throws IOException {
        try {
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(CLUSTER_ID)
                    .setIgnoreFormatted(true)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The Kafka folder " + folder + " could not be prepared: " + e.getMessage(), e);
        }
    }

    private static Properties settings(Path folder, int brokerPort, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
        p.put("controller.listener.names", "CONTROLLER");
        p.put(
                "listeners",
                "PLAINTEXT://" + LOOPBACK + ":" + brokerPort + ",CONTROLLER://" + LOOPBACK + ":" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://" + LOOPBACK + ":" + brokerPort);
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("log.dir", folder.toString());
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        // The most that Kafka allows: the database counts attempts, the broker only redelivers after a crash.
        p.put("group.share.delivery.count.limit", "10");
        p.put("group.share.record.lock.duration.ms", "15000");
        // Short, so that a restart after a crash does not wait for the session of the dead broker.
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "500");
        p.put("controller.quorum.election.timeout.ms", "500");
        p.put("controller.quorum.fetch.timeout.ms", "1000");
        p.put("controller.quorum.election.backoff.max.ms", "500");
        return p;
    }
}
