package org.saminversion.gateway.dashboard.job;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saminversion.model.Artefact;
import org.saminversion.model.JobEvent;
import org.saminversion.model.store.JobMapping;

/** What has happened to a job, in words. */
public final class Timeline {
    private Timeline() {}

    /**
     * @param word a state, or {@code edit}
     * @param text what else the event tells
     * @param after how long after the event before; zero for the first
     */
    public record Entry(String word, String text, Instant at, Duration after) {}

    /** @param events by rising number */
    static List<Entry> of(List<JobEvent> events) {
        List<Entry> entries = new ArrayList<>();
        Instant before = null;
        for (JobEvent event : events) {
            Map<String, Object> body = JobMapping.read(event.body(), new TypeReference<>() {});
            entries.add(new Entry(
                    word(event, body),
                    text(body),
                    event.at(),
                    before == null ? Duration.ZERO : Duration.between(before, event.at())));
            before = event.at();
        }
        return entries;
    }

    private static String word(JobEvent event, Map<String, Object> body) {
        return event.kind().equals(JobEvent.STATE) ? body.get("state").toString() : event.kind();
    }

    private static String text(Map<String, Object> body) {
        List<String> parts = new ArrayList<>();
        if (body.get("attempts") instanceof Number attempts && attempts.intValue() > 1) {
            parts.add("try " + attempts);
        }
        if (body.get("failure") instanceof Map<?, ?> failure) {
            parts.add(failure.get("kind") + ": " + failure.get("detail"));
        }
        if (body.get("edit") instanceof Number number) {
            parts.add(Artefact.rendering(number.intValue()));
        }
        return String.join(", ", parts);
    }
}
