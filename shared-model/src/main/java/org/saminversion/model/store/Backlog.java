package org.saminversion.model.store;

import java.util.Map;

/**
 * The work that is left at one moment.
 *
 * @param queues by name: {@code map}, {@code run}, {@code edit}
 * @param endedPerSecond jobs that ended lately, on average; 0 if none did
 * @param outboxAgeSeconds how long the oldest message has waited to be sent to Kafka; 0 if there is none
 */
public record Backlog(Map<String, Queue> queues, double endedPerSecond, double outboxAgeSeconds) {
    public static final String MAP = "map";
    public static final String RUN = "run";
    public static final String EDIT = "edit";

    /**
     * @param waiting for a worker
     * @param working in a worker's hands
     * @param ageSeconds how long the oldest one has waited; 0 if there is none
     */
    public record Queue(long waiting, long working, double ageSeconds) {}

    /**
     * How long the present workers need for the queue. While nothing has ended lately this is not known; the age of the oldest
     * one is the least that it can be.
     */
    public double seconds(String queue) {
        Queue left = queues.get(queue);
        long jobs = left.waiting() + left.working();
        if (jobs == 0) {
            return 0;
        }
        return endedPerSecond > 0 ? jobs / endedPerSecond : left.ageSeconds();
    }
}
