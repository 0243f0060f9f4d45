package org.saminversion.model.callback;

import java.util.Set;

/** Whom to tell what about a job. */
public record Callback(EndpointId endpoint, Set<CallbackEvent> events) {
    public Callback {
        events = Set.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a callback needs at least one event");
        }
    }
}
