package org.saminversion.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.inversion.failure.JobFailure;

/** Gives both workers of a process the same engines. */
@ApplicationScoped
class Engines {
    @Produces
    @Singleton
    EngineCatalogue catalogue(@ConfigProperty(name = "sam.bundles") String folder, Instance<EngineOpener> opener) {
        return new EngineCatalogue(Path.of(folder), bundle -> {
            if (!opener.isResolvable()) {
                throw new JobFailure.Rejected("bundle-invalid", "This process has no engine for bundles.");
            }
            return opener.get().open(bundle);
        });
    }

    void close(@Disposes EngineCatalogue catalogue) {
        catalogue.close();
    }
}
