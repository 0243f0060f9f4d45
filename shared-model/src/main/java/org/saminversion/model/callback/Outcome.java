package org.saminversion.model.callback;

import java.time.Instant;

/** How a try to send ended. */
public sealed interface Outcome {
    /** The endpoint has the message. */
    record Accepted() implements Outcome {}

    /** There will be another try. */
    record Failed(Instant retryAt) implements Outcome {}

    /** There will be none. */
    record Exhausted() implements Outcome {}

    /** The endpoint wants no more messages. */
    record Gone() implements Outcome {}
}
