package org.saminversion.bench.service;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a load did.
 *
 * @param latenciesMs of all requests that were answered, sorted, in milliseconds
 * @param statuses how often each status of HTTP was answered; 0 counts requests that were not answered
 */
public record LoadReport(double seconds, double[] latenciesMs, Map<Integer, Integer> statuses) {
    public LoadReport {
        Arrays.sort(latenciesMs);
        statuses = new TreeMap<>(statuses);
    }

    public double perSecond() {
        return latenciesMs.length / seconds;
    }

    /** @param share of the requests that were at least as fast, above 0 and at most 1 */
    public double latencyMs(double share) {
        return latenciesMs.length == 0
                ? Double.NaN
                : latenciesMs[Math.max(0, (int) Math.ceil(share * latenciesMs.length) - 1)];
    }

    /** Both loads, one after the other. */
    public LoadReport plus(LoadReport next) {
        double[] all = Arrays.copyOf(latenciesMs, latenciesMs.length + next.latenciesMs.length);
        System.arraycopy(next.latenciesMs, 0, all, latenciesMs.length, next.latenciesMs.length);
        Map<Integer, Integer> counts = new TreeMap<>(statuses);
        next.statuses.forEach((status, count) -> counts.merge(status, count, Integer::sum));
        return new LoadReport(seconds + next.seconds, all, counts);
    }
}
