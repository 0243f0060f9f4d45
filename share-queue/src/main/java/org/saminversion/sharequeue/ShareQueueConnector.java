package org.saminversion.sharequeue;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;

import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * The connector {@code share-queue}: one {@link ShareQueue} for each incoming channel. A channel is ready while the broker answers
 * it, and live while none of its threads has died.
 */
@ApplicationScoped
@Connector(ShareQueueConnector.NAME)
@ConnectorAttribute(
        name = "topic",
        type = "string",
        direction = INCOMING,
        mandatory = true,
        description = "Topic to take records from; created if missing")
@ConnectorAttribute(
        name = "group.id",
        type = "string",
        direction = INCOMING,
        mandatory = true,
        description = "Name of the share group")
@ConnectorAttribute(
        name = "slots",
        type = "int",
        direction = INCOMING,
        defaultValue = "1",
        description = "Records in work at the same time")
public class ShareQueueConnector implements InboundConnector, HealthReporter {
    public static final String NAME = "share-queue";

    private final List<ShareQueue> open = new CopyOnWriteArrayList<>();
    private final String bootstrapServers;

    @Inject
    public ShareQueueConnector(
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092")
                    String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channel) {
        ShareQueue queue = new ShareQueue(
                channel.getOptionalValue("channel-name", String.class).orElse(NAME),
                new ShareQueueSettings(
                        channel.getOptionalValue("bootstrap.servers", String.class)
                                .orElse(bootstrapServers),
                        channel.getValue("topic", String.class),
                        channel.getValue("group.id", String.class),
                        channel.getOptionalValue("slots", Integer.class).orElse(1)));
        open.add(queue);
        return queue.messages();
    }

    /**
     * No queue of this process takes further records. To be called before running work is put back: otherwise this process
     * would get it again at once.
     */
    public void stopTaking() {
        open.forEach(ShareQueue::stopTaking);
    }

    @Override
    public HealthReport getReadiness() {
        return report(ShareQueue::isConnected);
    }

    @Override
    public HealthReport getLiveness() {
        return report(ShareQueue::isAlive);
    }

    private HealthReport report(Predicate<ShareQueue> isWell) {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        open.forEach(queue -> report.add(queue.name(), isWell.test(queue)));
        return report.build();
    }

    @PreDestroy
    void close() {
        open.forEach(ShareQueue::close);
    }
}
