package org.saminversion.gateway.batches;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.FeedStore;
import org.saminversion.model.batch.ItemToStart;
import org.saminversion.model.batch.TendStore;
import org.saminversion.model.lifecycle.IllegalTransition;
import org.saminversion.model.store.JobStore;

/**
 * Feeds the queue from open batches, and ends batches whose items are over.
 *
 * <p>A tenant has only a window of jobs in the queue, whatever the size of its catalogue, so that the catalogues of several
 * tenants go on side by side, a cancellation has little to undo, and pictures are fetched shortly before they are needed.
 */
@ApplicationScoped
class BatchFeeder {
    private static final Duration POLL = Duration.ofMillis(500);

    private final FeedStore feed;
    private final TendStore tending;
    private final JobStore jobs;
    private final ItemStarter starter;
    private final int window;
    private final int startersPerTenant;
    private final ExecutorService starters;
    private final Map<Tenant, Integer> starting = new ConcurrentHashMap<>();
    private final PollingThread thread = new PollingThread("batch-feeder", POLL, this::round);

    BatchFeeder(
            FeedStore feed,
            TendStore tending,
            JobStore jobs,
            ItemStarter starter,
            @ConfigProperty(name = "sam.batches.window") int window,
            @ConfigProperty(name = "sam.batches.starters") int startersMax) {
        this.feed = feed;
        this.tending = tending;
        this.jobs = jobs;
        this.starter = starter;
        this.window = window;
        // Pictures that are slow to fetch hold up their own tenant, not the others.
        this.startersPerTenant = Math.max(1, startersMax / 2);
        this.starters = Executors.newFixedThreadPool(startersMax, task -> new Thread(task, "batch-starter"));
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.stop();
        // An item that is not started yet is claimed again after a while, here or elsewhere.
        starters.shutdownNow();
    }

    /** Returns whether it is worth to look again at once. */
    private boolean round() {
        for (BatchId batch : Waiting.forStore(tending.live())) {
            Waiting.forStore(tending.tend(batch)).forEach(job -> cancel(job.tenant(), job.id()));
        }
        Waiting.forStore(tending.deleteExpired());
        boolean some = false;
        for (Tenant tenant : Waiting.forStore(feed.hungryTenants())) {
            some |= feed(tenant);
        }
        return some && !thread.isStopping();
    }

    private boolean feed(Tenant tenant) {
        int free = startersPerTenant - starting.getOrDefault(tenant, 0);
        if (free <= 0) {
            return false;
        }
        List<ItemToStart> items = Waiting.forStore(feed.claim(tenant, window, free));
        for (ItemToStart item : items) {
            starting.merge(tenant, 1, Integer::sum);
            starters.execute(() -> {
                try {
                    starter.start(item);
                } finally {
                    starting.merge(tenant, -1, Integer::sum);
                    thread.wake();
                }
            });
        }
        return !items.isEmpty();
    }

    private void cancel(Tenant tenant, JobId job) {
        try {
            Waiting.forStore(jobs.cancel(tenant, job));
        } catch (IllegalTransition e) {
            // It ended by itself just now, which is what is wanted.
        }
    }
}
