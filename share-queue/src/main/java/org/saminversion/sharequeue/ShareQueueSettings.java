package org.saminversion.sharequeue;

/**
 * @param bootstrapServers Kafka addresses, {@code host:port} with commas
 * @param topic created with one partition if it is missing: partitions do not limit the workers of a share group
 * @param group name of the share group
 * @param slots records in work at the same time, at least 1; each has a thread and a connection
 */
public record ShareQueueSettings(String bootstrapServers, String topic, String group, int slots) {
    public static final int SLOTS_MAX = 64;

    public ShareQueueSettings {
        if (slots < 1 || slots > SLOTS_MAX) {
            throw new IllegalArgumentException("slots must be from 1 to " + SLOTS_MAX + ", not " + slots);
        }
        if (topic.isBlank() || group.isBlank() || bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("topic, group.id and bootstrap.servers must not be empty");
        }
    }
}
