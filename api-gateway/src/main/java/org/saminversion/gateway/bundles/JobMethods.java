package org.saminversion.gateway.bundles;

import java.util.List;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.method.MethodDescription;

/** The methods that jobs can name: all that their bundle can be run with, but for those whose results are too large to keep. */
public final class JobMethods {
    private JobMethods() {}

    public static List<MethodDescription> of(BundleDescription bundle) {
        return InversionMethods.of(bundle).stream()
                .filter(method -> InversionMethods.isPossible(method, bundle))
                .filter(method -> !method.tunesGenerator())
                .toList();
    }

    /** @throws JobFailure.Rejected if the bundle has no such method, no encoder for it, or it is none for jobs */
    public static MethodDescription require(String name, BundleDescription bundle) {
        MethodDescription method = InversionMethods.require(name, bundle);
        if (method.tunesGenerator()) {
            throw new JobFailure.Rejected(
                    "method-not-served",
                    "The service does not run " + method.name() + ": each result would be a generator of its own, as"
                            + " large as the bundle's, to be stored and loaded for every edit. Run it with ./sam"
                            + " invert, or choose another method.");
        }
        return method;
    }
}
