package org.saminversion.sharequeue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Prepares the broker's side of a queue. */
final class ShareGroup {
    private static final long TIMEOUT_SECONDS = 20;

    private ShareGroup() {}

    /**
     * Creates the topic if it is missing, and lets the group read from the topic's start: by default it would skip the
     * records that were sent before its first worker joined.
     *
     * @throws KafkaException if the broker does not answer
     */
    static void prepare(ShareQueueSettings settings) throws InterruptedException {
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) settings.bootstrapServers()))) {
            createTopic(admin, settings.topic());
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.group());
            AlterConfigOp fromStart =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(group, List.of(fromStart)))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("The share group " + settings.group() + " could not be prepared", e);
        }
    }

    private static void createTopic(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty());
        try {
            admin.createTopics(List.of(wanted)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
