package org.saminversion.gateway.submissions;

import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.failure.JobFailure;

/** Checks of one edit that need no engine. */
public final class EditCheck {
    static final int EDITS_MAX = 16;
    static final double STRENGTH_MAX = 20;

    private EditCheck() {}

    /** @throws JobFailure.Rejected if there are more edits in one request than are made */
    public static void requireCount(int edits) {
        if (edits > EDITS_MAX) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "At most " + EDITS_MAX + " edits are made, not " + edits + ".");
        }
    }

    /** @throws JobFailure.Rejected if the bundle has no such direction, or the strength is out of its range */
    public static void require(String direction, double strength, BundleDescription bundle) {
        if (bundle.direction(direction).isEmpty()) {
            throw new JobFailure.Rejected(
                    "direction-unknown",
                    "The bundle " + bundle.name() + " has no direction \"" + direction + "\"; it has "
                            + bundle.directions().stream()
                                    .map(each -> each.name())
                                    .toList() + ".");
        }
        if (!(Math.abs(strength) <= STRENGTH_MAX)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "The strength of an edit must be from -" + STRENGTH_MAX + " to " + STRENGTH_MAX + ", not "
                            + strength + ".");
        }
    }
}
