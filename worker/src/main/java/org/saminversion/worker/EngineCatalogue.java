package org.saminversion.worker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.saminversion.inversion.bundle.BundleCatalogue;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.failure.JobFailure;

/** One engine for each bundle, opened for the first job that names it and kept for all later ones. Thread-safe. */
public class EngineCatalogue implements AutoCloseable {
    private final BundleCatalogue bundles;
    private final EngineOpener opener;
    private final Map<String, InversionEngine> engines = new HashMap<>();

    public EngineCatalogue(Path folder, EngineOpener opener) {
        this.bundles = new BundleCatalogue(folder);
        this.opener = opener;
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-unknown} if this worker does not have the bundle */
    public synchronized InversionEngine engine(String bundle) {
        InversionEngine open = engines.get(bundle);
        if (open == null) {
            if (!bundles.names().contains(bundle)) {
                throw new JobFailure.Rejected(
                        "bundle-unknown",
                        "The worker has no bundle \"" + bundle + "\"; give it the same bundles as the gateway.");
            }
            open = opener.open(bundles.folder().resolve(bundle));
            engines.put(bundle, open);
        }
        return open;
    }

    @Override
    public synchronized void close() {
        engines.values().forEach(InversionEngine::close);
        engines.clear();
    }
}
