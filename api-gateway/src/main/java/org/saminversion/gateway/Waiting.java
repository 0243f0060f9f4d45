package org.saminversion.gateway;

import io.smallrye.mutiny.Uni;

/** Waits for a store, on threads that may. */
public final class Waiting {
    private Waiting() {}

    /** @throws RuntimeException of the store, or a TimeoutException if it does not answer in time */
    public static <T> T forStore(Uni<T> work) {
        return work.await().atMost(InversionsResource.STORE_TIMEOUT);
    }
}
