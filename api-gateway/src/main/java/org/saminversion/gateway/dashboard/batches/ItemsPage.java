package org.saminversion.gateway.dashboard.batches;

import java.util.List;
import java.util.Optional;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.ItemResult;

/**
 * Some items of a batch, in the order of its lines.
 *
 * @param after the last line of the page before; 0 on the first
 * @param items at most {@link #SIZE}
 */
public record ItemsPage(BatchId batch, long after, List<ItemResult> items) {
    static final int SIZE = 50;

    /** Whether there are other pages. */
    public boolean paged() {
        return after > 0 || next().isPresent();
    }

    /** After which line the next page begins; empty on the last. */
    public Optional<Long> next() {
        return items.size() < SIZE
                ? Optional.empty()
                : Optional.of(items.get(items.size() - 1).line());
    }
}
