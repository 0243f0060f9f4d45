package org.saminversion.model.batch;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A batch with what its rows tell.
 *
 * @param itemsPerSecond of the last {@link #THROUGHPUT_SPAN}; empty while nothing has ended
 * @param causes refused lines by their kind, the most frequent first
 * @param failures items that failed or expired by their kind, the most frequent first
 */
public record BatchDetails(
        Batch batch,
        BatchCounts counts,
        OptionalDouble itemsPerSecond,
        List<ErrorCause> causes,
        List<ErrorCause> failures) {
    public static final Duration THROUGHPUT_SPAN = Duration.ofMinutes(5);

    /** @param firstLine the first line that was refused or failed for this, as an example with its detail */
    public record ErrorCause(String kind, long count, long firstLine, String example) {}

    /** Seconds to the end at the present pace; empty when it cannot be told. */
    public OptionalDouble secondsToEnd() {
        long left = counts.items() - counts.over();
        return left > 0 && itemsPerSecond.isPresent()
                ? OptionalDouble.of(left / itemsPerSecond.getAsDouble())
                : OptionalDouble.empty();
    }
}
