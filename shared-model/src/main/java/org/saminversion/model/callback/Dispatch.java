package org.saminversion.model.callback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.saminversion.model.TraceContext;

/**
 * A message that a sender has under lease.
 *
 * @param fence only an outcome with it is written down
 * @param secrets sign the message, each by itself
 * @param tries that have failed
 * @param retriesFrom when the schedule of tries began
 * @param trace that the message belongs to
 */
public record Dispatch(
        DeliveryId id,
        long fence,
        String url,
        List<String> secrets,
        String body,
        int tries,
        Instant retriesFrom,
        Optional<TraceContext> trace) {}
