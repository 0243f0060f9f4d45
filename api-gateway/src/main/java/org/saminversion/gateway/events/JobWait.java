package org.saminversion.gateway.events;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobStore;

/** Lets a request wait for the end of a job, without holding a thread. */
@ApplicationScoped
public class JobWait {
    /** It looks by itself this often, in case that a message of Kafka was lost. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final JobStore jobs;
    private final EventFanOut fanOut;

    JobWait(JobStore jobs, EventFanOut fanOut) {
        this.jobs = jobs;
        this.fanOut = fanOut;
    }

    /** The job when it is over, or as it stands after the longest wait; empty if there is no such job. */
    public Uni<Optional<JobDetails>> untilOver(Tenant tenant, JobId id, Duration longest) {
        Uni<Void> end = longest.isZero()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .<Void>emitter(emitter -> follow(tenant, id, emitter))
                        .ifNoItem()
                        .after(longest)
                        .recoverWithItem((Void) null);
        return end.chain(() -> jobs.details(tenant, id));
    }

    private void follow(Tenant tenant, JobId id, UniEmitter<? super Void> emitter) {
        Runnable look = () -> jobs.find(tenant, id)
                .subscribe()
                .with(
                        found -> {
                            if (found.map(JobWait::isOver).orElse(true)) {
                                emitter.complete(null);
                            }
                        },
                        emitter::fail);
        Runnable stopListening = fanOut.listen(id, look);
        ScheduledFuture<?> timer = Infrastructure.getDefaultWorkerPool()
                .scheduleWithFixedDelay(look, LOOK_AGAIN.toMillis(), LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        emitter.onTermination(() -> {
            stopListening.run();
            timer.cancel(false);
        });
        look.run();
    }

    private static boolean isOver(Job job) {
        return job.state().isFinal();
    }
}
