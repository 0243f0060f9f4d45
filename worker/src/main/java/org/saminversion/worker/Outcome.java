package org.saminversion.worker;

import java.util.Locale;

/** What became of a job in one stage, as far as this worker is concerned. */
enum Outcome {
    DONE,
    /** The work cannot succeed; the job ended with a reason. */
    FAILED,
    /** A passing trouble; it comes again after a pause. */
    RETRIED,
    CANCELLED,
    /** This worker shuts down, or Kafka gave the job to another. */
    PUT_BACK,
    /** Somebody else has the job; nothing was written. */
    LEASE_LOST;

    /** As metrics name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
