package org.saminversion.worker;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
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
    private final ScheduledExecutorService heartbeats =
            Executors.newScheduledThreadPool(HEARTBEAT_THREADS, action -> new Thread(action, "heartbeat"));

    Workshop(
            ClaimStore claims,
            WorkStore work,
            EngineCatalogue engines,
            @Connector(ShareQueueConnector.NAME) ShareQueueConnector queue,
            WorkMeters meters) {
        this.claims = claims;
        this.work = work;
        this.engines = engines;
        this.queue = queue;
        this.meters = meters;
    }

    ShareQueueConnector queue() {
        return queue;
    }

    MessageHandler handler(String worker, StageTask task) {
        String owner = worker + "@" + ProcessHandle.current().pid();
        return new JobHandler(claims, work, engines, task, owner, heartbeats, meters);
    }

    @PreDestroy
    void close() {
        heartbeats.shutdownNow();
    }
}
