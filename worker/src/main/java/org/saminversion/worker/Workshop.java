package org.saminversion.worker;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.saminversion.model.crew.Worker;
import org.saminversion.model.crew.WorkerStore;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.WorkStore;
import org.saminversion.sharequeue.ShareQueueConnector;

/** What the workers of all stages work with. */
@Singleton
public class Workshop {
    /** Each waits for the database for some milliseconds, twice a second and job. */
    private static final int HEARTBEAT_THREADS = 4;

    private final ClaimStore claims;
    private final WorkStore work;
    private final EngineCatalogue engines;
    private final ShareQueueConnector queue;
    private final WorkMeters meters;
    private final WorkerStore crew;
    private final InstantSource clock;
    private final ScheduledExecutorService heartbeats =
            Executors.newScheduledThreadPool(HEARTBEAT_THREADS, action -> new Thread(action, "heartbeat"));

    Workshop(
            ClaimStore claims,
            WorkStore work,
            EngineCatalogue engines,
            @Connector(ShareQueueConnector.NAME) ShareQueueConnector queue,
            WorkMeters meters,
            WorkerStore crew,
            InstantSource clock) {
        this.claims = claims;
        this.work = work;
        this.engines = engines;
        this.queue = queue;
        this.meters = meters;
        this.crew = crew;
        this.clock = clock;
    }

    ShareQueueConnector queue() {
        return queue;
    }

    Worker worker(String kind, int slots) {
        return new Worker(kind, machine(), ProcessHandle.current().pid(), slots, clock.instant());
    }

    MessageHandler handler(Worker worker, StageTask task) {
        return new JobHandler(claims, work, engines, task, worker.name(), heartbeats, meters);
    }

    Presence presence(Worker worker) {
        return new Presence(crew, worker, heartbeats);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a-machine-without-name";
        }
    }

    @PreDestroy
    void close() {
        heartbeats.shutdownNow();
    }
}
