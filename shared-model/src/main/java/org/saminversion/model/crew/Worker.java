package org.saminversion.model.crew;

import java.time.Instant;

/**
 * A worker of one kind in one process.
 *
 * @param kind such as {@code gpu-worker}
 * @param slots pieces of work that it does at the same time
 * @param started when its process began to take work
 */
public record Worker(String kind, String machine, long process, int slots, Instant started) {
    /** As leases name their owner. */
    public String name() {
        return kind + "/" + machine + "@" + process;
    }
}
