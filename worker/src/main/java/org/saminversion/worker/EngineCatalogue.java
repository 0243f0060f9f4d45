package org.saminversion.worker;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.saminversion.inversion.bundle.BundleCatalogue;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.failure.JobFailure;

/** One engine for each bundle, opened for the first job that names it and kept for all later ones. Thread-safe. */
public class EngineCatalogue implements AutoCloseable {
    private final BundleCatalogue bundles;
    private final EngineOpener opener;
    // A future holds the place while an engine opens, so that jobs of other bundles need not wait for it.
    private final ConcurrentMap<String, CompletableFuture<InversionEngine>> engines = new ConcurrentHashMap<>();

    public EngineCatalogue(Path folder, EngineOpener opener) {
        this.bundles = new BundleCatalogue(folder);
        this.opener = opener;
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-unknown} if this worker does not have the bundle */
    public InversionEngine engine(String bundle) {
        CompletableFuture<InversionEngine> own = new CompletableFuture<>();
        CompletableFuture<InversionEngine> first = engines.putIfAbsent(bundle, own);
        if (first != null) {
            return join(first);
        }
        try {
            own.complete(open(bundle));
        } catch (RuntimeException | Error failure) {
            engines.remove(bundle, own);
            own.completeExceptionally(failure);
        }
        return join(own);
    }

    private InversionEngine open(String bundle) {
        if (!bundles.names().contains(bundle)) {
            throw new JobFailure.Rejected(
                    "bundle-unknown",
                    "The worker has no bundle \"" + bundle + "\"; give it the same bundles as the gateway.");
        }
        return opener.open(bundles.folder().resolve(bundle));
    }

    private static InversionEngine join(CompletableFuture<InversionEngine> engine) {
        try {
            return engine.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        engines.values().forEach(engine -> engine.thenAccept(InversionEngine::close));
        engines.clear();
    }
}
