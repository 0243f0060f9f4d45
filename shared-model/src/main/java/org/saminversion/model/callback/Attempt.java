package org.saminversion.model.callback;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to send a message.
 *
 * @param status of the answer
 * @param trouble why there was no answer
 * @param excerpt the beginning of the answer's body
 */
public record Attempt(
        Instant started, Duration duration, Optional<Integer> status, Optional<String> trouble, String excerpt) {}
