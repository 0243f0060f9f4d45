package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * How many jobs of one tenant are in work at a time. What comes above that is parked, which costs it no try, and announced
 * again when one of the tenant's jobs leaves its worker.
 *
 * <p>A parked job must not be forgotten between the count and the end of the last job in work: both take the tenant's lock,
 * so either the end sees the parked job, or the count sees the end.
 */
@ApplicationScoped
class TenantShare {
    private final int runningMax;

    TenantShare(@ConfigProperty(name = "sam.jobs.running-max") int runningMax) {
        this.runningMax = runningMax;
    }

    /** Whether the job may be taken up now. Otherwise it is parked. The job's row is locked. */
    Uni<Boolean> admit(Mutiny.Session session, JobEntity job, Instant now) {
        if (job.state.isHeldByWorker()) {
            return Uni.createFrom().item(true);
        }
        return hasRoom(session, job)
                .chain(room -> room
                        ? Uni.createFrom().item(true)
                        : lock(session, job.tenant).chain(() -> hasRoom(session, job)))
                .invoke(room -> {
                    job.parkedAt = room ? null : now;
                    if (!room) {
                        // The reminder for lost messages counts from here.
                        job.messageSentAt = now;
                    }
                });
    }

    /** To be called when a job of the tenant has left its worker. @return the job that may be announced now; null for none */
    Uni<JobEntity> release(Mutiny.Session session, String tenant) {
        return lock(session, tenant)
                .chain(() -> session.createNativeQuery(
                                "select * from jobs where tenant = :tenant and parked_at is not null"
                                        + " and state in ('QUEUED', 'READY') order by parked_at limit 1"
                                        + " for update skip locked",
                                JobEntity.class)
                        .setParameter("tenant", tenant)
                        .getSingleResultOrNull())
                .invoke(next -> {
                    if (next != null) {
                        next.parkedAt = null;
                    }
                });
    }

    private static Uni<Object> lock(Mutiny.Session session, String tenant) {
        return session.createNativeQuery(
                        "select 1 from (select pg_advisory_xact_lock(hashtextextended(:tenant, 0))) as held",
                        Object.class)
                .setParameter("tenant", tenant)
                .getSingleResult();
    }

    private Uni<Boolean> hasRoom(Mutiny.Session session, JobEntity job) {
        return session.createQuery(
                        "select count(*) from JobEntity where tenant = :tenant"
                                + " and state in (MAPPING, RUNNING, CANCELLING)",
                        Long.class)
                .setParameter("tenant", job.tenant)
                .getSingleResult()
                .map(inWork -> inWork < runningMax);
    }
}
