package org.saminversion.worker;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.saminversion.graph.DeviceChoice;
import org.saminversion.graph.Waiting;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.SamEngine;

/** Gives both workers of a process the same engines. */
@ApplicationScoped
class Engines {
    private static final Logger LOG = Logger.getLogger(Engines.class);

    @Produces
    @Singleton
    EngineCatalogue catalogue(@ConfigProperty(name = "sam.bundles") String folder, EngineOpener opener) {
        return new EngineCatalogue(Path.of(folder), opener);
    }

    @Produces
    @Singleton
    @DefaultBean
    EngineOpener opener(
            @ConfigProperty(name = "sam.device") DeviceChoice device,
            @ConfigProperty(name = "sam.engine.waiting") Waiting waiting) {
        DeviceChoice.Chosen chosen = device.resolve();
        LOG.infof("networks run on %s: %s", chosen.device(), chosen.reason());
        EngineOptions options = EngineOptions.standard().on(chosen.device()).waiting(waiting);
        return folder -> SamEngine.open(BundleReader.open(folder), options);
    }

    void close(@Disposes EngineCatalogue catalogue) {
        catalogue.close();
    }
}
