package org.saminversion.gateway.http;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Waits for stores, but not for ever. */
public final class Waiting {
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);

    private Waiting() {}

    /** Fails with a TimeoutException if the store does not answer in time. */
    public static <T> Uni<T> inTime(Uni<T> work) {
        return work.ifNoItem().after(STORE_TIMEOUT).fail();
    }

    /**
     * The same on threads that may block.
     *
     * @throws RuntimeException of the store, or a TimeoutException if it does not answer in time
     */
    public static <T> T forStore(Uni<T> work) {
        return work.await().atMost(STORE_TIMEOUT);
    }
}
