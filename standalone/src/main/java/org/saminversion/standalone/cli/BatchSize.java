package org.saminversion.standalone.cli;

import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.failure.JobFailure;

/** How many images share a program. */
final class BatchSize {
    static final int MAX = 64;

    /** Small images leave a processor idle between operators; a batch fills the gaps (docs/researching.md has the figures). */
    private static final int SMALL_PIXELS = 64;

    private static final int SMALL = 4;

    private BatchSize() {}

    /** The fastest on two cores. */
    static int standard(BundleDescription bundle) {
        return bundle.generator().resolution() <= SMALL_PIXELS ? SMALL : 1;
    }

    /** @throws JobFailure.Rejected if it is out of range */
    static void require(int size) {
        if (size < 1 || size > MAX) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--batch must be from 1 to " + MAX + ", not " + size);
        }
    }
}
