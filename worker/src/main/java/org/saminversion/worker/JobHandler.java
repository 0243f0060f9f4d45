package org.saminversion.worker;

import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.store.Claim;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.LeaseLost;
import org.saminversion.model.store.Stage;
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
    private final WorkMeters meters;

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
            ScheduledExecutorService heartbeats,
            WorkMeters meters) {
        this.claims = claims;
        this.work = work;
        this.engines = engines;
        this.task = task;
        this.owner = owner;
        this.heartbeats = heartbeats;
        this.meters = meters;
    }

    /** @param body the id of a job */
    @Override
    public void handle(String body, Delivery delivery, BooleanSupplier unwelcome) {
        JobId id = JobId.parse(body)
                .orElseThrow(() -> new RejectedDelivery("A message that names no job was dropped: " + body, null));
        LogFields.during(id, delivery, () -> handle(id, delivery, unwelcome));
    }

    private void handle(JobId id, Delivery delivery, BooleanSupplier unwelcome) {
        Claim claim = Stores.await(claims.claim(id, task.stage(), owner, delivery.isRedelivery()));
        if (!(claim instanceof Claim.Taken taken)) {
            LOG.debugf("Job %s needs no %s: %s", id, task.stage(), claim);
            return;
        }
        Timer.Sample since = meters.taken(task.stage());
        meters.ended(task.stage(), perform(taken, delivery, unwelcome), since);
    }

    private void noteWait(JobInHand inHand) {
        Job job = inHand.job();
        if (job.attempts() == 1 && inHand.method().needsMap() == (task.stage() == Stage.MAP)) {
            job.times()
                    .started()
                    .map(started -> Duration.between(job.times().created(), started))
                    .ifPresent(wait -> meters.waited(job.lane(), wait));
        }
    }

    private Outcome perform(Claim.Taken taken, Delivery delivery, BooleanSupplier unwelcome) {
        Lease lease = taken.lease();
        try (LeaseKeeper keeper = new LeaseKeeper(work, lease, delivery, unwelcome, heartbeats)) {
            JobInHand job = new JobInHand(taken.job(), new WorkReports(work, lease), engines, keeper::check);
            noteWait(job);
            task.perform(job);
            return Outcome.DONE;
        } catch (LeaseLost e) {
            LOG.infof("Job %s is in other hands by now", lease.job());
            return Outcome.LEASE_LOST;
        } catch (PutBack e) {
            LOG.infof("Job %s is put back, because %s", lease.job(), e.getMessage());
            return write(lease, Outcome.PUT_BACK, work.handBack(lease));
        } catch (JobFailure failure) {
            LOG.infof("Job %s: %s", lease.job(), failure.getMessage());
            return settle(lease, failure);
        } catch (RuntimeException | OutOfMemoryError mistake) {
            LOG.errorf(mistake, "Job %s met a mistake of ours", lease.job());
            return write(lease, Outcome.FAILED, work.fail(lease, Failures.describe(mistake)));
        }
    }

    private Outcome settle(Lease lease, JobFailure failure) {
        if (failure instanceof JobFailure.Cancelled) {
            return write(lease, Outcome.CANCELLED, work.confirmCancel(lease));
        }
        return failure instanceof JobFailure.Transient
                ? write(lease, Outcome.RETRIED, work.retryLater(lease, Failures.describe(failure)))
                : write(lease, Outcome.FAILED, work.fail(lease, Failures.describe(failure)));
    }

    private static Outcome write(Lease lease, Outcome outcome, Uni<Void> writing) {
        try {
            Stores.await(writing);
            return outcome;
        } catch (LeaseLost e) {
            LOG.infof("Job %s changed hands before its outcome was written", lease.job());
            return Outcome.LEASE_LOST;
        }
    }
}
