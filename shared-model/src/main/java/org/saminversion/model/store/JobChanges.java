package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.JobEvent;
import org.saminversion.model.Tenant;
import org.saminversion.model.Topics;
import org.saminversion.model.lifecycle.JobAction;
import org.saminversion.model.lifecycle.JobLifecycle;
import org.saminversion.model.lifecycle.JobTrigger;
import org.saminversion.model.lifecycle.Transition;
import org.saminversion.model.outbox.Outbox;
import org.saminversion.model.outbox.Outbox.OutgoingMessage;

/**
 * Changes of one job within a transaction that has locked its row: state, event, messages and lease go together.
 *
 * <p>Every writer locks the job's row first. That orders all changes of a job, makes event numbers gapless, and lets a fence
 * be checked without a race.
 */
@ApplicationScoped
class JobChanges {
    private final Outbox outbox;
    private final JobCallbacks callbacks;
    private final TenantShare share;
    private final InstantSource clock;

    JobChanges(Outbox outbox, JobCallbacks callbacks, TenantShare share, InstantSource clock) {
        this.outbox = outbox;
        this.callbacks = callbacks;
        this.share = share;
        this.clock = clock;
    }

    /** In microseconds, the resolution of PostgreSQL, so that a value reads back as it was written. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The job's row, locked until the transaction ends; empty if there is none. */
    Uni<Optional<JobEntity>> lock(Mutiny.Session session, UUID job) {
        return session.find(JobEntity.class, job, LockModeType.PESSIMISTIC_WRITE)
                .map(Optional::ofNullable);
    }

    /** @throws org.saminversion.model.lifecycle.IllegalTransition (as a failure) if the job cannot take the trigger */
    Uni<Transition> apply(Mutiny.Session session, JobEntity job, JobTrigger trigger) {
        return apply(session, job, trigger, Duration.ZERO);
    }

    /** @param delay before a worker is told, if the change sends the job to one */
    Uni<Transition> apply(Mutiny.Session session, JobEntity job, JobTrigger trigger, Duration delay) {
        Transition transition;
        try {
            transition = JobLifecycle.next(job.state, trigger);
        } catch (RuntimeException e) {
            return Uni.createFrom().failure(e);
        }
        job.state = transition.to();
        if (job.state.isFinal()) {
            job.finishedAt = now();
        }
        return act(session, job, transition.action(), delay)
                .chain(() -> stateEvent(session, job))
                .chain(() -> letNextIn(session, job, transition))
                .replaceWith(transition);
    }

    private Uni<Void> letNextIn(Mutiny.Session session, JobEntity job, Transition transition) {
        if (!transition.from().isHeldByWorker() || transition.to().isHeldByWorker()) {
            return Uni.createFrom().voidItem();
        }
        return share.release(session, job.tenant)
                .chain(next -> next == null ? Uni.createFrom().voidItem() : sendRequest(session, next, Duration.ZERO));
    }

    /** Adds an event that tells the state. */
    Uni<Void> stateEvent(Mutiny.Session session, JobEntity job) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", job.state);
        body.put("attempts", job.attempts);
        if (job.failureKind != null) {
            body.put("failure", Map.of("kind", job.failureKind, "detail", job.failureDetail));
        }
        if (job.psnrDecibel != null) {
            body.put("psnrDecibel", job.psnrDecibel);
            body.put("lpips", job.lpips);
        }
        return event(session, job, JobEvent.STATE, body);
    }

    Uni<Void> event(Mutiny.Session session, JobEntity job, String kind, Map<String, Object> body) {
        job.version++;
        job.updatedAt = now();
        JobEventEntity event = new JobEventEntity();
        event.jobId = job.id;
        event.number = job.version;
        event.tenant = job.tenant;
        event.kind = kind;
        event.body = JobMapping.write(body);
        event.createdAt = job.updatedAt;
        return session.persist(event)
                .chain(() -> callbacks.tell(session, job, event, body))
                .chain(() -> send(session, job, Topics.JOB_EVENTS, Long.toString(event.number), Duration.ZERO));
    }

    /** Lets whoever waits for something of the job look at the store, without an event. */
    Uni<Void> wakeListeners(Mutiny.Session session, String tenant, UUID job) {
        return outbox.add(
                session,
                new OutgoingMessage(
                        new Tenant(tenant),
                        Topics.JOB_EVENTS,
                        job.toString(),
                        job.toString(),
                        now(),
                        Optional.empty()));
    }

    /** Tells the workers that the job waits for to look at it. */
    Uni<Void> sendRequest(Mutiny.Session session, JobEntity job, Duration delay) {
        job.messageSentAt = now().plus(delay);
        return send(session, job, Topics.requests(job.state, job.lane), job.id.toString(), delay);
    }

    private Uni<Void> act(Mutiny.Session session, JobEntity job, JobAction action, Duration delay) {
        return switch (action) {
            case NOTHING -> Uni.createFrom().voidItem();
            case SEND_TO_SEGMENTER, SEND_TO_GPU -> endLease(session, job).chain(() -> sendRequest(session, job, delay));
            case TELL_WORKER_TO_STOP -> {
                job.cancelRequested = true;
                yield Uni.createFrom().voidItem();
            }
            case CLOSE -> endLease(session, job).chain(() -> forgetCheckpoint(session, job));
        };
    }

    Uni<Void> forgetCheckpoint(Mutiny.Session session, JobEntity job) {
        return session.createMutationQuery("delete from CheckpointEntity where jobId = :job")
                .setParameter("job", job.id)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The fence moves on, so that whoever held the lease can no longer write. */
    private Uni<Void> endLease(Mutiny.Session session, JobEntity job) {
        job.runDeadline = null;
        return session.createMutationQuery("update LeaseEntity set fence = fence + 1, owner = '', expiresAt = :now"
                        + " where jobId = :job")
                .setParameter("now", now())
                .setParameter("job", job.id)
                .executeUpdate()
                .replaceWithVoid();
    }

    private Uni<Void> send(Mutiny.Session session, JobEntity job, String topic, String body, Duration delay) {
        return outbox.add(
                session,
                new OutgoingMessage(
                        new Tenant(job.tenant),
                        topic,
                        job.id.toString(),
                        body,
                        now().plus(delay),
                        JobMapping.trace(job.traceparent)));
    }
}
