package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Job;
import org.saminversion.model.JobEvent;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.Callback;
import org.saminversion.model.callback.CallbackEvent;
import org.saminversion.model.callback.DeliveryDraft;
import org.saminversion.model.callback.DeliveryQueue;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.lifecycle.JobState;

/** Turns events of a job into messages to the endpoint that its submission named. */
@ApplicationScoped
class JobCallbacks {
    /** Receivers are told of progress no more often. */
    static final Duration PROGRESS_PAUSE = Duration.ofMillis(500);

    private final DeliveryQueue queue;

    JobCallbacks(DeliveryQueue queue) {
        this.queue = queue;
    }

    /** Adds the message, if the caller wants it, to the transaction that stores the event. */
    Uni<Void> tell(Mutiny.Session session, JobEntity job, JobEventEntity event, Map<String, Object> body) {
        if (job.callbackEndpoint == null || !isWanted(job, event)) {
            return Uni.createFrom().voidItem();
        }
        if (event.kind.equals(JobEvent.PROGRESS)) {
            job.callbackProgressAt = event.createdAt;
        }
        Map<String, Object> data = data(job.id, Optional.ofNullable(job.customId), event.number, body);
        if (job.failureKind != null && data.containsKey("failure")) {
            data.put("failure", Map.of("kind", job.failureKind, "detail", DeliveryDraft.brief(job.failureDetail)));
        }
        return queue.add(
                session,
                new DeliveryDraft(
                        new Tenant(job.tenant),
                        new EndpointId(job.callbackEndpoint),
                        job.id,
                        event.number,
                        event.kind.equals(JobEvent.STATE) ? type(job.state) : "inversion." + event.kind,
                        data,
                        event.createdAt,
                        JobMapping.trace(job.traceparent)));
    }

    /** Adds the message of a new job's first event, if the caller wants it, to the statement that stores the job. */
    void tell(RowsStatement rows, Job job, Optional<Callback> callback, Map<String, Object> body) {
        callback.filter(wanted -> wanted.events().contains(CallbackEvent.STATE))
                .ifPresent(wanted -> rows.insert(
                        DeliveryQueue.INSERT,
                        queue.values(new DeliveryDraft(
                                job.tenant(),
                                wanted.endpoint(),
                                job.id().value(),
                                job.version(),
                                type(job.state()),
                                data(job.id().value(), job.customId(), job.version(), body),
                                job.times().created(),
                                job.trace()))));
    }

    private static Map<String, Object> data(
            UUID job, Optional<String> customId, long number, Map<String, Object> body) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", job.toString());
        customId.ifPresent(name -> data.put("customId", name));
        data.put("number", number);
        data.putAll(body);
        return data;
    }

    private static boolean isWanted(JobEntity job, JobEventEntity event) {
        Set<CallbackEvent> wanted = CallbackEvent.read(job.callbackEvents);
        return switch (event.kind) {
            case JobEvent.STATE ->
                wanted.contains(CallbackEvent.STATE) || job.state.isFinal() && wanted.contains(CallbackEvent.COMPLETED);
            case JobEvent.PROGRESS ->
                wanted.contains(CallbackEvent.PROGRESS)
                        && (job.callbackProgressAt == null
                                || !event.createdAt.isBefore(job.callbackProgressAt.plus(PROGRESS_PAUSE)));
            default -> false;
        };
    }

    private static String type(JobState state) {
        return "inversion." + state.name().toLowerCase(Locale.ROOT);
    }
}
