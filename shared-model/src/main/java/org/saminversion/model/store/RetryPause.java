package org.saminversion.model.store;

import java.time.Duration;

/** How long a job waits between tries: 1 s, 2 s, 4 s and so on, up to a minute. */
final class RetryPause {
    private static final int DOUBLINGS_MAX = 6;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private RetryPause() {}

    /** @param tries that have failed, from 1 */
    static Duration after(int tries) {
        Duration pause = Duration.ofSeconds(1L << Math.min(Math.max(tries - 1, 0), DOUBLINGS_MAX));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
