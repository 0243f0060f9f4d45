package org.saminversion.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Content;
import org.saminversion.model.LossRecord;
import org.saminversion.model.store.Checkpoint;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.RunResult;
import org.saminversion.model.store.WorkStore;

/**
 * What a task tells the store, in the task's own thread. A report of progress that fails because the database is away is no
 * reason to throw work away: it is kept and told with the next one. Results are different: they fail the task.
 */
public final class WorkReports {
    private static final Logger LOG = Logger.getLogger(WorkReports.class);

    private final WorkStore store;
    private final Lease lease;
    private final List<LossRecord> untold = new ArrayList<>();

    WorkReports(WorkStore store, Lease lease) {
        this.store = store;
        this.lease = lease;
    }

    WorkStore.Inputs inputs() {
        return Stores.await(store.inputs(lease.job()));
    }

    /** @param progress 0 to 1 */
    public void mapping(double progress) {
        tolerate(() -> Stores.await(store.reportMapping(lease, progress)));
    }

    public void losses(List<LossRecord> losses) {
        untold.addAll(losses);
        tolerate(this::tellLosses);
    }

    private void tellLosses() {
        if (!untold.isEmpty()) {
            Stores.await(store.reportLosses(lease, List.copyOf(untold)));
            untold.clear();
        }
    }

    /** Replaces the picture of how the result stands. */
    public void preview(Content picture) {
        tolerate(() -> Stores.await(store.showPreview(lease, picture)));
    }

    public void checkpoint(Checkpoint checkpoint) {
        tolerate(() -> {
            // A checkpoint that is ahead of the losses would leave a gap in them after a resume.
            if (untold.isEmpty()) {
                Stores.await(store.saveCheckpoint(lease, checkpoint));
            }
        });
    }

    /** Saves a checkpoint if the work stops here to go on elsewhere. @param stop what the guard threw */
    public void checkpointBeforeStop(Supplier<Checkpoint> checkpoint, RuntimeException stop) {
        if (stop instanceof PutBack) {
            checkpoint(checkpoint.get());
        }
    }

    public void rewindTo(int step) {
        Stores.await(store.rewindTo(lease, step));
    }

    public void finishMap(List<Content> artefacts) {
        Stores.await(store.finishMap(lease, artefacts));
    }

    public void finishRun(RunResult result) {
        // The report of the last steps may have failed.
        tellLosses();
        Stores.await(store.finishRun(lease, result));
    }

    private void tolerate(Runnable report) {
        try {
            report.run();
        } catch (JobFailure.Transient e) {
            LOG.warnf("Progress of job %s is told later: %s", lease.job(), e.getMessage());
        }
    }
}
