package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.model.Tenant;

/**
 * How many jobs of a tenant wait. They are counted by the database at most once a second, and in between this process adds its
 * own submissions: several gateways together may overstep the limit by what they take in one second.
 */
@ApplicationScoped
class QueueDepth {
    private static final Duration COUNTED_FOR = Duration.ofSeconds(1);

    private final Pool database;
    private final InstantSource clock;
    private final long jobsMax;
    private final Map<Tenant, Count> counts = new ConcurrentHashMap<>();

    QueueDepth(Pool database, InstantSource clock, @ConfigProperty(name = "sam.limits.queued-jobs") long jobsMax) {
        this.database = database;
        this.clock = clock;
        this.jobsMax = jobsMax;
    }

    /**
     * @param waiting counted by the database, once for all who ask; no memoized Uni, which may give its item to whoever asks in that
     *     moment before their subscription is made, and so have it taken for another item
     */
    private record Count(Instant at, CompletableFuture<Long> waiting, AtomicLong added) {}

    /** What is left of a tenant's room, as it is known at this moment. */
    interface Room {
        /** Counts a job that is about to be stored. @throws QueueFull if there is no room for it */
        void take();
    }

    /** Counts a job that is about to be stored. @return fails with {@link QueueFull} if there is no room for it */
    Uni<Void> requireRoom(Tenant tenant) {
        return room(tenant).invoke(Room::take).replaceWithVoid();
    }

    /** For work in a transaction, which asks before it begins and takes the room only if there is something to store. */
    Uni<Room> room(Tenant tenant) {
        Count count = counts.compute(tenant, (name, last) -> last == null || isOld(last) ? count(name) : last);
        // A copy: one caller that waits no longer must not end it for the others.
        return Uni.createFrom().completionStage(count.waiting.copy()).map(waiting -> () -> {
            if (waiting + count.added.incrementAndGet() > jobsMax) {
                throw new QueueFull(tenant, jobsMax);
            }
        });
    }

    private boolean isOld(Count count) {
        return count.at.plus(COUNTED_FOR).isBefore(clock.instant());
    }

    private Count count(Tenant tenant) {
        // Stops at the limit, so that a very long queue costs no more than a long one.
        CompletableFuture<Long> waiting = new CompletableFuture<>();
        database.preparedQuery("select count(*) from (select 1 from jobs where tenant = $1"
                        + " and state in ('QUEUED', 'READY') limit $2) waiting")
                .execute(Tuple.of(tenant.name(), jobsMax))
                .map(rows -> rows.iterator().next().getLong(0))
                .subscribe()
                .with(waiting::complete, waiting::completeExceptionally);
        return new Count(clock.instant(), waiting, new AtomicLong());
    }
}
