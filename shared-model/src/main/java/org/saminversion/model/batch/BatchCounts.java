package org.saminversion.model.batch;

/**
 * What became of the lines of a batch, counted from its rows.
 *
 * @param rejected lines that were refused
 * @param waiting items that are not in the queue yet
 * @param queued jobs that wait for a worker
 * @param running jobs in work
 */
public record BatchCounts(
        long rejected,
        long waiting,
        long queued,
        long running,
        long succeeded,
        long failed,
        long cancelled,
        long expired) {
    /** Good lines. */
    public long items() {
        return waiting + queued + running + over();
    }

    /** Items that have ended, in whatever way. */
    public long over() {
        return succeeded + failed + cancelled + expired;
    }
}
