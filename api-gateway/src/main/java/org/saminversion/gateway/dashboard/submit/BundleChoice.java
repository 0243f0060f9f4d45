package org.saminversion.gateway.dashboard.submit;

import java.util.List;
import org.saminversion.gateway.bundles.JobMethods;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.method.MethodDescription;

/** A bundle and the methods that jobs can choose of it. */
public record BundleChoice(BundleDescription bundle, List<MethodDescription> methods) {
    static BundleChoice of(BundleDescription bundle) {
        return new BundleChoice(bundle, JobMethods.of(bundle));
    }
}
