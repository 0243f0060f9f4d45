package org.saminversion.gateway.catalogue;

import org.saminversion.inversion.failure.JobFailure;

/** Names that callers give to items. They come back in results, so they must be text that every format can carry. */
final class CustomIds {
    static final int LENGTH_MAX = 200;

    private CustomIds() {}

    /** @throws JobFailure.Rejected of kind {@code custom-id-invalid} */
    static String check(String id) {
        if (id.isEmpty() || id.length() > LENGTH_MAX) {
            throw new JobFailure.Rejected(
                    "custom-id-invalid",
                    "A customId has 1 to " + LENGTH_MAX + " characters, not " + id.length()
                            + "; without one, the file or the url takes its place.");
        }
        if (id.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new JobFailure.Rejected(
                    "custom-id-invalid", "A customId must not have control characters or halves of characters.");
        }
        return id;
    }
}
