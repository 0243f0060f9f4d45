package org.saminversion.inversion.engine;

import java.util.List;
import java.util.Map;
import org.saminversion.inversion.method.InversionMethod;

/**
 * Sets up runs of one family of methods.
 *
 * @param <M> the family
 */
interface MethodRuns<M extends InversionMethod> {
    /**
     * One request with what its settings mean.
     *
     * @param provenance what latents say about how they were made
     */
    record Job<M extends InversionMethod>(InversionRequest request, M method, Map<String, String> provenance) {
        long seed() {
            return request.settings().seed();
        }
    }

    /** Whether the jobs can run side by side, all else being equal. */
    boolean sharesProgram(M first, M second);

    /** @param jobs at least one, of which all share a program and have the same number of steps */
    BatchRun start(List<Job<M>> jobs);

    /** @param checkpoints one for each job */
    BatchRun resume(List<Job<M>> jobs, List<byte[]> checkpoints);
}
