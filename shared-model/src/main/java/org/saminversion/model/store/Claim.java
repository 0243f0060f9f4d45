package org.saminversion.model.store;

import org.saminversion.model.Job;

/** The answer to a worker that was told to look at a job. */
public sealed interface Claim {
    /** It is yours. */
    record Taken(Lease lease, Job job) implements Claim {}

    /** Another worker is busy with it: this message is a duplicate. */
    record HeldByAnother() implements Claim {}

    /** Its tenant has as many jobs in work as it may: it is announced again when one of them leaves its worker. */
    record Parked() implements Claim {}

    /** There is nothing to do: the job is over, gone, or past this stage. */
    record NotWanted() implements Claim {}
}
