package org.saminversion.worker;

import org.saminversion.model.store.Stage;

/** What is done with a job in one stage of its life. */
public interface StageTask {
    Stage stage();

    /**
     * Does the work and stores its result under the lease.
     *
     * @throws org.saminversion.inversion.failure.JobFailure if the work fails
     */
    void perform(JobInHand job);
}
