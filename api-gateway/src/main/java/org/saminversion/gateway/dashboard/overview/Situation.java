package org.saminversion.gateway.dashboard.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.saminversion.model.crew.WorkerSeen;
import org.saminversion.model.view.EndpointTroubles.FailingEndpoint;
import org.saminversion.model.view.WorkStatistics;

/**
 * How the service stands for one tenant at one moment.
 *
 * @param outboxAge how long the oldest message has waited for Kafka
 * @param disk empty if it cannot be read
 */
record Situation(
        Instant now,
        WorkStatistics work,
        List<WorkerSeen> crew,
        List<FailingEndpoint> endpoints,
        Duration outboxAge,
        Optional<DiskSpace> disk) {
    /** @param freeBytes that may be written, of all that the disk has */
    record DiskSpace(long freeBytes, long totalBytes) {
        double freePart() {
            return totalBytes == 0 ? 1 : (double) freeBytes / totalBytes;
        }
    }
}
