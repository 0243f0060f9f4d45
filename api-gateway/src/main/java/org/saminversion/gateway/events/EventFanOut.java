package org.saminversion.gateway.events;

import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.saminversion.model.JobId;

/** Tells open event streams of this gateway that there is something new in the store. */
@ApplicationScoped
public class EventFanOut {
    private final Map<JobId, Set<Runnable>> listeners = new ConcurrentHashMap<>();
    private final Set<Runnable> listenersToAll = ConcurrentHashMap.newKeySet();

    @Incoming("job-events")
    void changed(Record<String, String> event) {
        JobId.parse(event.key())
                .ifPresent(job -> listeners.getOrDefault(job, Set.of()).forEach(Runnable::run));
        listenersToAll.forEach(Runnable::run);
    }

    /** Hears of every event of every job. @return ends the listening */
    public Runnable listen(Runnable listener) {
        listenersToAll.add(listener);
        return () -> listenersToAll.remove(listener);
    }

    /** @return ends the listening */
    public Runnable listen(JobId job, Runnable listener) {
        listeners.computeIfAbsent(job, id -> ConcurrentHashMap.newKeySet()).add(listener);
        return () -> listeners.computeIfPresent(job, (id, others) -> {
            others.remove(listener);
            return others.isEmpty() ? null : others;
        });
    }
}
