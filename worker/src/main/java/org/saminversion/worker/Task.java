package org.saminversion.worker;

import org.saminversion.model.Job;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.Stage;

/** What a kind of worker does with a job whose lease it holds. */
public interface Task {
    Stage stage();

    /**
     * Does the work and stores its result under the lease.
     *
     * @param guard to be called often; throws to stop the work
     * @throws org.saminversion.inversion.failure.JobFailure if the work fails
     */
    void perform(Job job, Lease lease, Runnable guard);
}
