package org.saminversion.standalone.cli.options;

import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.failure.JobFailure;

/** How many images share a program. */
public final class BatchSize {
    public static final int MAX = 64;

    /** Up to this size a batch needs little memory; seconds per image differ little from those of one (docs/engine-speed.md). */
    private static final int SMALL_PIXELS = 64;

    private static final int SMALL = 4;

    private BatchSize() {}

    /** What is taken if nothing is said. */
    public static int standard(BundleDescription bundle) {
        return bundle.generator().resolution() <= SMALL_PIXELS ? SMALL : 1;
    }

    /** @throws JobFailure.Rejected if it is out of range */
    public static void require(int size) {
        if (size < 1 || size > MAX) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--batch must be from 1 to " + MAX + ", not " + size);
        }
    }
}
