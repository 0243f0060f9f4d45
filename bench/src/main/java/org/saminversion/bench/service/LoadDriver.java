package org.saminversion.bench.service;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** A closed loop: so many callers, each of whom sends the next request when the last one is answered. */
public final class LoadDriver implements AutoCloseable {
    private static final double NANOS_PER_MS = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int THREADS = 2;

    private final LongSupplier nanoTime;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "load-driver"));
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    /** @param nanoTime a monotonic clock */
    public LoadDriver(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Sends all requests and waits for their answers.
     *
     * @param callers how many requests are under way at a time
     * @param request makes the request of a number from 0
     */
    public LoadReport run(int requests, int callers, IntFunction<HttpRequest> request) {
        Load load = new Load(requests, request);
        long start = nanoTime.getAsLong();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            ends.add(load.callOn());
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
        return load.report((nanoTime.getAsLong() - start) / NANOS_PER_SECOND);
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private final class Load {
        private final int requests;
        private final IntFunction<HttpRequest> request;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final double[] latenciesMs;
        private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

        Load(int requests, IntFunction<HttpRequest> request) {
            this.requests = requests;
            this.request = request;
            this.latenciesMs = new double[requests];
        }

        CompletableFuture<Void> callOn() {
            int number = begun.getAndIncrement();
            if (number >= requests) {
                return CompletableFuture.completedFuture(null);
            }
            HttpRequest next = request.apply(number);
            long sent = nanoTime.getAsLong();
            // On another thread, so that the chain of answers does not become a chain of calls.
            return http.sendAsync(next, BodyHandlers.discarding())
                    .handle((response, failure) -> note(response, failure, sent))
                    .thenComposeAsync(ignored -> callOn(), threads);
        }

        private Void note(HttpResponse<Void> response, Throwable failure, long sent) {
            if (failure == null) {
                latenciesMs[answered.getAndIncrement()] = (nanoTime.getAsLong() - sent) / NANOS_PER_MS;
            }
            statuses.merge(failure == null ? response.statusCode() : 0, 1, Integer::sum);
            return null;
        }

        LoadReport report(double seconds) {
            return new LoadReport(seconds, Arrays.copyOf(latenciesMs, answered.get()), statuses);
        }
    }
}
