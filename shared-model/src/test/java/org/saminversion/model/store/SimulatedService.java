package org.saminversion.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.saminversion.model.Content;
import org.saminversion.model.JobId;
import org.saminversion.model.callback.DeliveryQueue;
import org.saminversion.model.outbox.Outbox;
import org.saminversion.model.outbox.QuietRelay;
import org.saminversion.model.store.SimulationFigures.Happening;

/**
 * The real stores on a clock of their own, and what must never happen on them: a write with an old lease that is taken, and a
 * second result.
 */
record SimulatedService(
        MovableClock clock,
        SimulatedQueue queue,
        SimulatedFaults faults,
        SimulationFigures figures,
        Outbox outbox,
        JobStore jobs,
        ClaimStore claims,
        WorkStore work,
        SweepStore sweeps,
        Map<JobId, Long> latestFence,
        Map<JobId, Integer> results) {
    /** Fewer than the simulated jobs, so that some are parked. */
    private static final int RUNNING_MAX = 2;

    static SimulatedService on(
            Database database,
            Pool pool,
            MovableClock clock,
            SimulatedQueue queue,
            SimulatedFaults faults,
            SimulationFigures figures) {
        Outbox outbox = QuietRelay.outbox(pool, clock);
        TenantShare share = new TenantShare(RUNNING_MAX);
        JobCallbacks callbacks = new JobCallbacks(new DeliveryQueue());
        JobChanges changes = new JobChanges(outbox, callbacks, share, clock);
        QuietRelay relay = new QuietRelay();
        return new SimulatedService(
                clock,
                queue,
                faults,
                figures,
                outbox,
                new JobStore(
                        database,
                        changes,
                        relay,
                        pool,
                        new SubmissionWriter(callbacks, clock),
                        new Idempotency(pool, clock, Duration.ofDays(1)),
                        new QueueDepth(pool, clock, Long.MAX_VALUE)),
                new ClaimStore(database, changes, share, relay),
                new WorkStore(database, changes, relay),
                new SweepStore(database, changes, relay),
                new HashMap<>(),
                new HashMap<>());
    }

    Uni<Claim> claim(JobId id, Stage stage, String owner, boolean takeOver) {
        return claims.claim(id, stage, owner, takeOver).invoke(claim -> {
            if (claim instanceof Claim.Taken taken) {
                Long before = latestFence.put(id, taken.lease().fence());
                if (before != null) {
                    figures.count(Happening.LEASE_TAKEN_OVER);
                }
                assertEquals(true, before == null || before < taken.lease().fence(), "a fence went back");
            } else if (claim instanceof Claim.Parked) {
                figures.count(Happening.JOB_PARKED);
            }
        });
    }

    Uni<Void> finishMap(Lease lease, Content map) {
        return work.finishMap(lease, List.of(map)).invoke(() -> requireLatest(lease));
    }

    Uni<Void> finishRun(Lease lease, RunResult result) {
        return work.finishRun(lease, result).invoke(() -> {
            requireLatest(lease);
            results.merge(lease.job(), 1, Integer::sum);
        });
    }

    private void requireLatest(Lease lease) {
        assertEquals(latestFence.get(lease.job()), lease.fence(), "a write with an old lease was taken");
    }
}
