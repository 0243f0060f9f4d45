package org.saminversion.worker;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.inversion.engine.SamEngine;

/** Gives both workers of a process the same engines. */
@ApplicationScoped
class Engines {
    @Produces
    @Singleton
    EngineCatalogue catalogue(@ConfigProperty(name = "sam.bundles") String folder, EngineOpener opener) {
        return new EngineCatalogue(Path.of(folder), opener);
    }

    @Produces
    @Singleton
    @DefaultBean
    EngineOpener opener() {
        return SamEngine::open;
    }

    void close(@Disposes EngineCatalogue catalogue) {
        catalogue.close();
    }
}
