package org.saminversion.worker;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.store.Claim;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.LeaseLost;
import org.saminversion.model.store.WorkStore;
import org.saminversion.sharequeue.Delivery;

/** Takes a job up, has the task done, and writes how it ended. */
final class JobHandler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JobHandler.class);

    private final ClaimStore claims;
    private final WorkStore work;
    private final Task task;
    private final String owner;
    private final ScheduledExecutorService heartbeats;

    /** @param owner name of this worker */
    JobHandler(ClaimStore claims, WorkStore work, Task task, String owner, int slots) {
        this.claims = claims;
        this.work = work;
        this.task = task;
        this.owner = owner;
        this.heartbeats = Executors.newScheduledThreadPool(slots, action -> new Thread(action, owner + "-heartbeat"));
    }

    /**
     * Returns when the message has been dealt with, whatever became of the job.
     *
     * @param draining whether the process is shutting down
     * @throws JobFailure.Transient if not even the outcome could be written: the message should come again
     */
    void handle(JobId id, Delivery delivery, BooleanSupplier draining) {
        Claim claim = Stores.await(claims.claim(id, task.stage(), owner, delivery.isRedelivery()));
        if (!(claim instanceof Claim.Taken taken)) {
            LOG.debugf("Job %s needs no %s: %s", id, task.stage(), claim);
            return;
        }
        Lease lease = taken.lease();
        try (LeaseKeeper keeper = new LeaseKeeper(work, lease, delivery, draining, heartbeats)) {
            task.perform(taken.job(), lease, keeper::check);
        } catch (LeaseLost e) {
            LOG.infof("Job %s is in other hands by now", id);
        } catch (PutBack e) {
            LOG.infof("Job %s is put back, because %s", id, e.getMessage());
            write(lease, () -> Stores.await(work.handBack(lease)));
        } catch (JobFailure failure) {
            write(lease, () -> settle(lease, failure));
        } catch (RuntimeException | OutOfMemoryError mistake) {
            LOG.errorf(mistake, "Job %s met a mistake of ours", id);
            write(lease, () -> settle(lease, new JobFailure.Bug("A mistake of ours: " + mistake, mistake)));
        }
    }

    private void settle(Lease lease, JobFailure failure) {
        LOG.infof("Job %s: %s", lease.job(), failure.getMessage());
        if (failure instanceof JobFailure.Cancelled) {
            Stores.await(work.confirmCancel(lease));
        } else if (failure instanceof JobFailure.Transient) {
            Stores.await(work.retryLater(lease, new Failure("passing-trouble", failure.getMessage())));
        } else {
            Stores.await(work.fail(lease, new Failure(kind(failure), failure.getMessage())));
        }
    }

    private static String kind(JobFailure failure) {
        if (failure instanceof JobFailure.Rejected rejected) {
            return rejected.kind();
        }
        if (failure instanceof JobFailure.Poisoned) {
            return "work-poisoned";
        }
        return failure instanceof JobFailure.Expired ? "run-deadline-passed" : "internal";
    }

    private static void write(Lease lease, Runnable outcome) {
        try {
            outcome.run();
        } catch (LeaseLost e) {
            LOG.infof("Job %s changed hands before its outcome was written", lease.job());
        }
    }

    @Override
    public void close() {
        heartbeats.shutdownNow();
    }
}
