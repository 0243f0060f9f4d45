package org.saminversion.worker;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.lifecycle.IllegalTransition;
import org.saminversion.model.store.LeaseLost;

/** Waits for stores on a thread of a worker, and says of their failures who can mend them. */
public final class Stores {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Stores() {}

    /**
     * @throws LeaseLost if the write was refused
     * @throws JobFailure.Transient if the database does not answer
     */
    public static <T> T await(Uni<T> work) {
        try {
            return work.await().atMost(TIMEOUT);
        } catch (LeaseLost | JobFailure e) {
            throw e;
        } catch (IllegalTransition e) {
            throw new JobFailure.Bug("A worker tried to move a job against its lifecycle: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new JobFailure.Transient("The database does not answer: " + e.getMessage(), e);
        }
    }
}
