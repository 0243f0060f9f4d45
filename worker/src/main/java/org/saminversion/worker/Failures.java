package org.saminversion.worker;

import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Failure;

/** What callers are told of a failure that ended a piece of work. */
public final class Failures {
    private Failures() {}

    /** @param failure one of the family, or a mistake of ours */
    public static Failure describe(Throwable failure) {
        return failure instanceof JobFailure known
                ? new Failure(kind(known), known.getMessage())
                : new Failure("internal", "A mistake of ours: " + failure);
    }

    private static String kind(JobFailure failure) {
        if (failure instanceof JobFailure.Rejected rejected) {
            return rejected.kind();
        }
        if (failure instanceof JobFailure.Transient) {
            return "passing-trouble";
        }
        if (failure instanceof JobFailure.Poisoned) {
            return "work-poisoned";
        }
        return failure instanceof JobFailure.Expired ? "run-deadline-passed" : "internal";
    }
}
