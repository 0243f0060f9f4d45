package org.saminversion.worker;

import io.smallrye.mutiny.Multi;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The messages of a worker by lane, each from a channel of the connector share-queue with as many slots as the worker. */
public record Lanes(Multi<Message<String>> interactive, Multi<Message<String>> bulk) {
    /** For a worker whose work is never part of a catalogue. */
    public static Lanes interactiveOnly(Multi<Message<String>> messages) {
        return new Lanes(messages, Multi.createFrom().nothing());
    }
}
