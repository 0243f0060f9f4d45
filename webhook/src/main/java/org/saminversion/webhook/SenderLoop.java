package org.saminversion.webhook;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.saminversion.model.callback.Dispatch;
import org.saminversion.model.callback.SendStore;
import org.saminversion.outbound.OutboundHttp;
import org.saminversion.outbound.OutboundPolicy;

/**
 * Sends what is due, in every gateway process. What it has claimed when it dies comes back when the lease runs out.
 *
 * <p>One thread claims; {@code sam.callbacks.senders} threads send. It never claims more than they can begin at once, so that no
 * lease runs while its message waits here.
 */
@ApplicationScoped
public class SenderLoop {
    private static final Logger LOG = Logger.getLogger(SenderLoop.class);
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TROUBLE_WAIT = Duration.ofSeconds(2);
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);
    private static final Duration LOST_PAUSE = Duration.ofSeconds(2);
    private static final Duration COUNT_PAUSE = Duration.ofSeconds(5);
    private static final Duration DELETE_PAUSE = Duration.ofMinutes(1);

    private final SendStore store;
    private final SenderSettings settings;
    private final InstantSource clock;
    private final OutboundHttp http;
    private final MessageSender sender;
    private final SenderMeters meters;
    private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final Semaphore wake = new Semaphore(0);
    private final Semaphore free;
    private final ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "callbacks"));
    private final ExecutorService senders;
    private volatile boolean stopping;

    // Of the loop's thread.
    private Instant lostAt = Instant.EPOCH;
    private Instant countedAt = Instant.EPOCH;
    private Instant deletedAt = Instant.EPOCH;

    SenderLoop(
            SendStore store, SenderSettings settings, OutboundPolicy policy, SenderMeters meters, InstantSource clock) {
        this.store = store;
        this.meters = meters;
        this.settings = settings;
        this.clock = clock;
        this.http = new OutboundHttp(policy, settings.timeout);
        this.sender = new MessageSender(
                http, new RetrySchedule(settings.retries, settings.retriesScale, new SecureRandom()), clock);
        this.free = new Semaphore(settings.senders);
        AtomicInteger number = new AtomicInteger();
        this.senders = Executors.newFixedThreadPool(
                settings.senders, task -> new Thread(task, "callback-" + number.incrementAndGet()));
    }

    void start(@Observes StartupEvent event) {
        loop.execute(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        loop.shutdown();
        loop.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        senders.shutdown();
        if (!senders.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.infof("Callbacks that are still under way are sent again when their leases have run out");
            senders.shutdownNow();
        }
        http.close();
    }

    private void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                Duration pause = step();
                if (!pause.isZero()) {
                    wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how long to wait before the next look. */
    private Duration step() {
        try {
            lookAfterTheRest();
            int room = free.availablePermits();
            if (room == 0) {
                return settings.poll;
            }
            List<Dispatch> claimed = store.claim(owner, room, settings.perEndpoint, settings.lease())
                    .await()
                    .atMost(STORE_TIMEOUT);
            claimed.forEach(this::hand);
            return claimed.isEmpty() ? settings.poll : Duration.ZERO;
        } catch (RuntimeException e) {
            if (!stopping) {
                LOG.warnf("Callbacks wait, because the database does not answer: %s", e);
            }
            return TROUBLE_WAIT;
        }
    }

    private void lookAfterTheRest() {
        Instant now = clock.instant();
        if (!now.isBefore(lostAt.plus(LOST_PAUSE))) {
            lostAt = now;
            int lost = store.returnLost().await().atMost(STORE_TIMEOUT);
            if (lost > 0) {
                LOG.infof("%d callbacks are sent again, because their sender was lost", lost);
            }
        }
        if (!now.isBefore(countedAt.plus(COUNT_PAUSE))) {
            countedAt = now;
            meters.left(store.left().await().atMost(STORE_TIMEOUT));
        }
        if (!now.isBefore(deletedAt.plus(DELETE_PAUSE))) {
            int deleted =
                    store.deleteFinished(now.minus(settings.retention)).await().atMost(STORE_TIMEOUT);
            deletedAt = deleted < SendStore.BATCH ? now : deletedAt;
        }
    }

    // Only this thread takes permits, so that one is there for each message that was claimed.
    private void hand(Dispatch message) {
        free.acquireUninterruptibly();
        senders.execute(() -> {
            try {
                send(message);
            } finally {
                free.release();
                wake();
            }
        });
    }

    private void send(Dispatch message) {
        MessageSender.Result result = sender.send(message);
        meters.tried(result);
        try {
            if (!store.finish(message, result.attempt(), result.outcome())
                    .await()
                    .atMost(STORE_TIMEOUT)) {
                LOG.infof("The callback %s was taken over by another sender", message.id());
            }
        } catch (RuntimeException e) {
            LOG.warnf("The callback %s is sent again later, because its outcome cannot be stored: %s", message.id(), e);
        }
    }
}
