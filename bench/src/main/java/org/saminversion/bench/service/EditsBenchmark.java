package org.saminversion.bench.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** How long a caller waits for the picture of a further edit of a finished inversion. */
public final class EditsBenchmark {
    private static final int WARM_UP_EDITS = 200;
    private static final double STRENGTH_MAX = 3;

    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock */
    public EditsBenchmark(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param direction one of the bundle's */
    public record Plan(URI service, byte[] image, String direction, int edits) {}

    public record Result(Plan plan, LoadReport load) {
        /** Whether every request was answered with a picture. */
        public boolean isComplete() {
            return load.statuses().equals(Map.of(201, plan.edits));
        }
    }

    /** One edit after another, each of another strength. */
    public Result run(Plan plan) throws IOException, InterruptedException {
        JobClient client = new JobClient(plan.service);
        URI inversion = client.submit(plan.image, Map.of("method", "sam", "steps", "20"));
        client.awaitSuccess(inversion);
        try (LoadDriver driver = new LoadDriver(nanoTime)) {
            driver.run(WARM_UP_EDITS, 1, number -> request(plan, inversion, number));
            return new Result(
                    plan, driver.run(plan.edits, 1, number -> request(plan, inversion, WARM_UP_EDITS + number)));
        }
    }

    private static HttpRequest request(Plan plan, URI inversion, int number) {
        double strength = STRENGTH_MAX * (number + 1) / (WARM_UP_EDITS + plan.edits);
        return HttpRequest.newBuilder(URI.create(inversion + "/edits"))
                .header("Content-Type", "application/json")
                .header("Accept", "image/png")
                .POST(BodyPublishers.ofString(String.format(
                        Locale.ROOT,
                        "{\"edits\": [{\"direction\": \"%s\", \"strength\": %.4f}]}",
                        plan.direction,
                        strength)))
                .build();
    }
}
