package org.saminversion.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What a service adds to a job: the time from sending a submission to the beginning of the first optimisation step, on an
 * idle and warm service, without the measuring of the map.
 *
 * <p>A caller sees when the first step has been done, so jobs of one step are submitted, and the duration of the step, as the
 * service itself measures it, is taken off. What a caller sees late, because events have to travel, counts as overhead.
 */
public final class OverheadBenchmark {
    private static final double NANOS_PER_MS = 1e6;
    private static final double MS_PER_SECOND = 1e3;
    private static final int WARM_UP_JOBS = 10;

    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock */
    public OverheadBenchmark(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param method of the inversions, such as {@code sam} */
    public record Plan(URI service, byte[] image, String method, int jobs) {}

    /**
     * @param overheadsMs of each job, sorted
     * @param mapMs how long the maps took on average, which is not in the overheads; 0 for methods without one
     * @param stepMs how long the steps took on average, which is not in the overheads
     */
    public record Result(Plan plan, double[] overheadsMs, double mapMs, double stepMs) {
        /** @param share of the jobs that had at most this overhead, above 0 and at most 1 */
        public double overheadMs(double share) {
            return new LoadReport(0, overheadsMs, Map.of()).latencyMs(share);
        }
    }

    /** One job after another: each finds the service idle. */
    public Result run(Plan plan) throws IOException, InterruptedException {
        JobClient client = new JobClient(plan.service);
        for (int i = 0; i < WARM_UP_JOBS; i++) {
            measure(client, plan);
        }
        double stepSeconds = client.metric("sam_step_seconds_sum");
        double steps = client.metric("sam_step_seconds_count");
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i < plan.jobs; i++) {
            watches.add(measure(client, plan));
        }
        double stepMs = MS_PER_SECOND
                * (client.metric("sam_step_seconds_sum") - stepSeconds)
                / (client.metric("sam_step_seconds_count") - steps);
        double[] overheads = watches.stream()
                .mapToDouble(watch -> watch.firstStepMs() - watch.mapMs() - stepMs)
                .toArray();
        Arrays.sort(overheads);
        return new Result(
                plan,
                overheads,
                watches.stream().mapToDouble(Watch::mapMs).average().orElse(0),
                stepMs);
    }

    private Watch measure(JobClient client, Plan plan) throws IOException, InterruptedException {
        Watch watch = new Watch(nanoTime.getAsLong());
        URI inversion = client.submit(plan.image, Map.of("method", plan.method, "steps", "1"));
        client.follow(inversion, watch::see);
        watch.requireFirstStep();
        return watch;
    }

    /** When the events of one job arrived. */
    private final class Watch {
        private final long sent;
        private OptionalLong mapping = OptionalLong.empty();
        private OptionalLong mapped = OptionalLong.empty();
        private OptionalLong firstStep = OptionalLong.empty();

        Watch(long sent) {
            this.sent = sent;
        }

        void see(JsonNode event) {
            long now = nanoTime.getAsLong();
            String state = event.path("state").asText();
            if (state.equals("MAPPING")) {
                mapping = OptionalLong.of(now);
            } else if (state.equals("READY")) {
                mapped = OptionalLong.of(now);
            } else if (event.path("stage").asText().equals("RUN") && firstStep.isEmpty()) {
                firstStep = OptionalLong.of(now);
            }
        }

        void requireFirstStep() throws IOException {
            if (firstStep.isEmpty()) {
                throw new IOException("an inversion ended without a step");
            }
        }

        double firstStepMs() {
            return (firstStep.orElseThrow() - sent) / NANOS_PER_MS;
        }

        double mapMs() {
            return mapping.isEmpty() ? 0 : (mapped.orElseThrow() - mapping.getAsLong()) / NANOS_PER_MS;
        }
    }
}
