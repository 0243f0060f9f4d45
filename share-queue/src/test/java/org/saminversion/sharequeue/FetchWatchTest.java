package org.saminversion.sharequeue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class FetchWatchTest {
    private static final MetricName FETCHES = new MetricName("fetch-total", "group", "", Map.of());

    private final AtomicReference<Double> fetches = new AtomicReference<>(0.0);
    private final FetchWatch watch = new FetchWatch(Map.of(FETCHES, new Metric() {
        @Override
        public MetricName metricName() {
            return FETCHES;
        }

        @Override
        public Object metricValue() {
            return fetches.get();
        }
    }));

    @Test
    void aConsumerThatFetchesIsNeverSilent() {
        for (int poll = 0; poll < 3 * FetchWatch.SILENT_POLLS_MAX; poll++) {
            fetches.updateAndGet(count -> count + 1);
            assertFalse(watch.isSilent());
        }
    }

    @Test
    void oneThatStopsFetchingIsSilentAfterAWhile() {
        for (int poll = 0; poll < FetchWatch.SILENT_POLLS_MAX; poll++) {
            assertFalse(watch.isSilent());
        }
        assertTrue(watch.isSilent());
    }

    @Test
    void aClientWithoutTheMetricIsRefusedAtOnce() {
        assertThrows(IllegalStateException.class, () -> new FetchWatch(Map.of()));
    }
}
