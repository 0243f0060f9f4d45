package org.saminversion.worker;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.JobId;
import org.saminversion.model.store.Claim;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.LeaseLost;
import org.saminversion.model.store.WorkStore;
import org.saminversion.sharequeue.Delivery;
import org.saminversion.sharequeue.RejectedDelivery;

/** Takes a job up, has the task done, and writes how it ended. */
final class JobHandler implements MessageHandler {
    private static final Logger LOG = Logger.getLogger(JobHandler.class);

    private final ClaimStore claims;
    private final WorkStore work;
    private final EngineCatalogue engines;
    private final StageTask task;
    private final String owner;
    private final ScheduledExecutorService heartbeats;

    /**
     * @param owner name of this worker
     * @param heartbeats where leases are renewed; stays open
     */
    JobHandler(
            ClaimStore claims,
            WorkStore work,
            EngineCatalogue engines,
            StageTask task,
            String owner,
            ScheduledExecutorService heartbeats) {
        this.claims = claims;
        this.work = work;
        this.engines = engines;
        this.task = task;
        this.owner = owner;
        this.heartbeats = heartbeats;
    }

    /** @param body the id of a job */
    @Override
    public void handle(String body, Delivery delivery, BooleanSupplier unwelcome) {
        JobId id = JobId.parse(body)
                .orElseThrow(() -> new RejectedDelivery("A message that names no job was dropped: " + body, null));
        Claim claim = Stores.await(claims.claim(id, task.stage(), owner, delivery.isRedelivery()));
        if (!(claim instanceof Claim.Taken taken)) {
            LOG.debugf("Job %s needs no %s: %s", id, task.stage(), claim);
            return;
        }
        Lease lease = taken.lease();
        try (LeaseKeeper keeper = new LeaseKeeper(work, lease, delivery, unwelcome, heartbeats)) {
            task.perform(new JobInHand(taken.job(), new WorkReports(work, lease), engines, keeper::check));
        } catch (LeaseLost e) {
            LOG.infof("Job %s is in other hands by now", id);
        } catch (PutBack e) {
            LOG.infof("Job %s is put back, because %s", id, e.getMessage());
            write(lease, () -> Stores.await(work.handBack(lease)));
        } catch (JobFailure failure) {
            write(lease, () -> settle(lease, failure));
        } catch (RuntimeException | OutOfMemoryError mistake) {
            LOG.errorf(mistake, "Job %s met a mistake of ours", id);
            write(lease, () -> Stores.await(work.fail(lease, Failures.describe(mistake))));
        }
    }

    private void settle(Lease lease, JobFailure failure) {
        LOG.infof("Job %s: %s", lease.job(), failure.getMessage());
        if (failure instanceof JobFailure.Cancelled) {
            Stores.await(work.confirmCancel(lease));
        } else if (failure instanceof JobFailure.Transient) {
            Stores.await(work.retryLater(lease, Failures.describe(failure)));
        } else {
            Stores.await(work.fail(lease, Failures.describe(failure)));
        }
    }

    private static void write(Lease lease, Runnable outcome) {
        try {
            outcome.run();
        } catch (LeaseLost e) {
            LOG.infof("Job %s changed hands before its outcome was written", lease.job());
        }
    }
}
