package org.saminversion.standalone.serve;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.saminversion.worker.EngineOpener;

/** In tests, workers get scripted engines. */
@ApplicationScoped
public class ScriptedEngines {
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    EngineOpener opener() {
        return bundle -> new ScriptedEngine();
    }
}
