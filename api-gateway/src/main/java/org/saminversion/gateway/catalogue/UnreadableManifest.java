package org.saminversion.gateway.catalogue;

import org.saminversion.inversion.failure.JobFailure;

/** Something is wrong with the manifest as a whole, so that reading its other lines is useless. */
final class UnreadableManifest extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient JobFailure.Rejected reason;

    UnreadableManifest(JobFailure.Rejected reason) {
        super(reason);
        this.reason = reason;
    }

    JobFailure.Rejected reason() {
        return reason;
    }
}
