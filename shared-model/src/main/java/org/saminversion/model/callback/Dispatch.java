package org.saminversion.model.callback;

import java.time.Instant;
import java.util.List;

/**
 * A message that a sender has under lease.
 *
 * @param fence only an outcome with it is written down
 * @param secrets sign the message, each by itself
 * @param tries that have failed
 * @param retriesFrom when the schedule of tries began
 */
public record Dispatch(
        DeliveryId id, long fence, String url, List<String> secrets, String body, int tries, Instant retriesFrom) {}
