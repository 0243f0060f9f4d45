package org.saminversion.bench.service;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;

/** How many inversions a second a service takes in, and whether it keeps more memory the more it has taken. */
public final class SubmissionsBenchmark {
    private static final int IMAGE_SIZE = 64;
    private static final int ROUNDS = 10;
    private static final int WARM_UP_JOBS = 3_000;
    private static final String BOUNDARY = "sam-bench-7f0c";

    private final LongSupplier nanoTime;
    private final LongSupplier heapBytes;
    private final Consumer<String> progress;

    /** @param heapBytes what is in use after a collection */
    public SubmissionsBenchmark(LongSupplier nanoTime, LongSupplier heapBytes, Consumer<String> progress) {
        this.nanoTime = nanoTime;
        this.heapBytes = heapBytes;
        this.progress = progress;
    }

    /** @param callers how many submit at a time, each the next when the last is answered */
    public record Plan(URI service, int jobs, int callers) {}

    /** @param heapMebibytes after the warm-up and after each tenth of the jobs */
    public record Result(Plan plan, LoadReport load, List<Double> heapMebibytes) {
        /** Whether every submission was accepted. */
        public boolean isComplete() {
            return load.statuses().equals(Map.of(202, load.latenciesMs().length))
                    && load.latenciesMs().length == plan.jobs;
        }
    }

    public Result run(Plan plan) {
        List<Double> heap = new ArrayList<>();
        try (LoadDriver driver = new LoadDriver(nanoTime)) {
            driver.run(WARM_UP_JOBS, plan.callers, number -> submission(plan.service, -1 - number));
            heap.add(heapMebibytes());
            LoadReport total = new LoadReport(0, new double[0], Map.of());
            for (int round = 0; round < ROUNDS; round++) {
                int first = (int) ((long) plan.jobs * round / ROUNDS);
                int last = (int) ((long) plan.jobs * (round + 1) / ROUNDS);
                LoadReport part =
                        driver.run(last - first, plan.callers, number -> submission(plan.service, first + number));
                total = total.plus(part);
                heap.add(heapMebibytes());
                progress.accept(String.format(
                        Locale.ROOT,
                        "%d jobs: %.0f/s, p99 %.0f ms, heap %.0f MiB",
                        last,
                        part.perSecond(),
                        part.latencyMs(0.99),
                        heap.get(heap.size() - 1)));
            }
            return new Result(plan, total, heap);
        }
    }

    private double heapMebibytes() {
        return heapBytes.getAsLong() / (double) (1 << 20);
    }

    private static HttpRequest submission(URI service, int number) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"photo.png\"\r\n"
                                + "Content-Type: image/png\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(picture(number));
        body.writeBytes(("\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"steps\"\r\n\r\n20\r\n--"
                        + BOUNDARY + "--\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return HttpRequest.newBuilder(service.resolve("/v1/inversions"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
    }

    /** Another picture for each number: the same one would be stored only once. */
    private static byte[] picture(int number) {
        byte[] pixels = new byte[3 * IMAGE_SIZE * IMAGE_SIZE];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / (3 * IMAGE_SIZE);
            pixels[i] = (byte) (i % 97 + row * (number % 13 + 1));
        }
        for (int digit = 0; digit < Integer.BYTES; digit++) {
            pixels[digit] = (byte) (number >>> Byte.SIZE * digit);
        }
        return PngWriter.toBytes(new RgbImage(IMAGE_SIZE, IMAGE_SIZE, pixels));
    }
}
