package org.saminversion.gateway.inversions;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.events.EventFanOut;
import org.saminversion.gateway.events.EventStream;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Job;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobStore;

/** What happens to an inversion, as server-sent events. */
@Path(InversionsResource.PATH + "/{id}/events")
public class EventsResource {
    /** A stream looks by itself this often, in case that a message of Kafka was lost. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final JobStore jobs;
    private final CurrentTenant tenant;
    private final EventFanOut fanOut;

    EventsResource(JobStore jobs, CurrentTenant tenant, EventFanOut fanOut) {
        this.jobs = jobs;
        this.tenant = tenant;
        this.fanOut = fanOut;
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Events from the first, or from Last-Event-ID, until the inversion is over",
            description = "The id of an event is its number, its name state, progress or edit, its data a JSON object."
                    + " With edits=true the stream stays open after the end and tells further edits.")
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") Optional<String> lastEventId,
            @QueryParam("edits") Optional<String> edits,
            @Context Sse sse) {
        JobId job = InversionsResource.parse(id);
        Tenant owner = tenant.get();
        long last = lastEventId.map(EventsResource::number).orElse(0L);
        // Waited for here: once a stream has begun, a problem can no longer be answered.
        Job known = Waiting.inTime(jobs.find(owner, job))
                .await()
                .indefinitely()
                .orElseThrow(() -> InversionsResource.missing(id));
        return stream(owner, known, last, edits.filter(EventsResource::isTrue).isPresent())
                .map(event -> sse.newEventBuilder()
                        .id(Long.toString(event.number()))
                        .name(event.kind())
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(event.body())
                        .build());
    }

    private Multi<JobEvent> stream(Tenant owner, Job job, long last, boolean edits) {
        EventStream.End end = edits
                ? EventStream.End.NEVER
                : job.state().isFinal() ? EventStream.End.WITH_THE_STORE : EventStream.End.WITH_THE_JOB;
        return Multi.createFrom().emitter(emitter -> follow(owner, job.id(), last, end, emitter));
    }

    private void follow(
            Tenant owner, JobId job, long last, EventStream.End end, MultiEmitter<? super JobEvent> emitter) {
        EventStream stream = new EventStream(number -> inTime(owner, job, number), last, end, emitter);
        Runnable stopListening = fanOut.listen(job, stream::poke);
        ScheduledFuture<?> timer = Infrastructure.getDefaultWorkerPool()
                .scheduleWithFixedDelay(
                        stream::poke, LOOK_AGAIN.toMillis(), LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        emitter.onTermination(() -> {
            stopListening.run();
            timer.cancel(false);
        });
        stream.poke();
    }

    private Uni<List<JobEvent>> inTime(Tenant owner, JobId job, long number) {
        return Waiting.inTime(jobs.eventsAfter(owner, job, number, EventStream.READ_MAX));
    }

    private static boolean isTrue(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new JobFailure.Rejected("request-malformed", "edits must be true or false, not " + text + ".");
        }
        return text.equals("true");
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new JobFailure.Rejected(
                    "request-malformed", "Last-Event-ID must be the id of an event, not " + text + ".");
        }
        return Long.parseLong(text);
    }
}
