package org.saminversion.sharequeue;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Sees whether a consumer still asks its broker for records, twice a second as long as it is idle. After a broker was killed
 * and started again, the client of Kafka 4.2 may stop asking and say nothing: it then waits, or spins, in every poll, and
 * records that the broker set aside for it are lost to the group (KAFKA-20330 mends a part of it).
 */
final class FetchWatch {
    /** As many polls of half a second as a slow start of a group may take. */
    static final int SILENT_POLLS_MAX = 40;

    private static final String FETCHES = "fetch-total";

    private final List<? extends Metric> counters;
    private double fetches;
    private int silentPolls;

    /** @param metrics of the consumer */
    FetchWatch(Map<MetricName, ? extends Metric> metrics) {
        this.counters = metrics.values().stream()
                .filter(metric -> metric.metricName().name().equals(FETCHES))
                .toList();
        if (counters.isEmpty()) {
            throw new IllegalStateException("this Kafka client has no metric " + FETCHES);
        }
    }

    /** To be called after each poll. @return whether the consumer is of no use any more */
    boolean isSilent() {
        double now = counters.stream()
                .mapToDouble(metric -> (Double) metric.metricValue())
                .sum();
        silentPolls = now > fetches ? 0 : silentPolls + 1;
        fetches = now;
        return silentPolls > SILENT_POLLS_MAX;
    }
}
