package org.saminversion.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Applications that submit without a break, whatever the service answers. */
final class Load implements AutoCloseable {
    private static final int CALLERS = 3;
    private static final Duration PAUSE = Duration.ofMillis(700);
    private static final int SEEDS = 8;

    private final Scene scene;
    private final int steps;
    private final AtomicInteger submitted = new AtomicInteger();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS, task -> new Thread(task, "caller"));
    private final List<Future<?>> callers = new ArrayList<>();
    private volatile boolean stopping;

    /** Begins to submit. @param steps of each job */
    Load(Scene scene, int steps) {
        this.scene = scene;
        this.steps = steps;
        for (int i = 0; i < CALLERS; i++) {
            callers.add(threads.submit(() -> {
                callUntilStopped();
                return null;
            }));
        }
    }

    private void callUntilStopped() throws IOException, InterruptedException {
        while (!stopping) {
            int i = submitted.getAndIncrement();
            int status = scene.submit(new Caller.Order(i % 4 == 0 ? "sam" : "wplus", steps, i % SEEDS));
            synchronized (answers) {
                answers.merge(status, 1, Integer::sum);
            }
            Patience.pause(PAUSE);
        }
    }

    /** Stops, and says how often each status was the answer. A call without any answer is a failure. */
    Map<Integer, Integer> stop() throws IOException, InterruptedException {
        stopping = true;
        for (Future<?> caller : callers) {
            try {
                caller.get();
            } catch (ExecutionException e) {
                throw new IOException("a submission was not answered", e.getCause());
            }
        }
        return answers;
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }
}
