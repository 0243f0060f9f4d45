package org.saminversion.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a message is tried again.
 *
 * <p>Each pause gets up to {@link #JITTER} longer by chance, so that the messages of an endpoint that was down do not all come
 * back at once. A message that had to wait for another one so long that the whole schedule has passed gets one try.
 */
final class RetrySchedule {
    static final double JITTER = 0.2;

    /** How late, by all the schedule's pauses together, a try may be and still be followed by another. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    /** The longest wait that an endpoint may ask for. */
    static final Duration RETRY_AFTER_MAX = Duration.ofDays(1);

    private final List<Duration> pauses;
    private final double scale;
    private final RandomGenerator random;

    /** @param pauses after the first try, the second, and so on */
    RetrySchedule(List<Duration> pauses, double scale, RandomGenerator random) {
        if (!(scale > 0) || Double.isInfinite(scale) || pauses.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException(
                    "the pauses between tries must not be negative, and their scale must be positive");
        }
        this.pauses = List.copyOf(pauses);
        this.scale = scale;
        this.random = random;
    }

    /**
     * @param failed tries so far, from 1
     * @param begun when the first try was due
     * @param wanted the pause that the endpoint asked for
     * @return empty if there is no other try
     */
    Optional<Instant> next(int failed, Instant begun, Instant now, Optional<Duration> wanted) {
        if (failed > pauses.size() || now.isAfter(begun.plus(longest()).plus(MARGIN))) {
            return Optional.empty();
        }
        Duration pause = times(pauses.get(failed - 1), scale * (1 + JITTER * random.nextDouble()));
        Duration asked = wanted.map(RetrySchedule::bounded).orElse(Duration.ZERO);
        return Optional.of(now.plus(asked.compareTo(pause) > 0 ? asked : pause));
    }

    /** How long a message is tried if every pause is as long as can be. */
    Duration longest() {
        return times(pauses.stream().reduce(Duration.ZERO, Duration::plus), scale * (1 + JITTER));
    }

    private static Duration bounded(Duration wanted) {
        return wanted.compareTo(RETRY_AFTER_MAX) < 0 ? wanted : RETRY_AFTER_MAX;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
