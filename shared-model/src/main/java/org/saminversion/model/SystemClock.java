package org.saminversion.model;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.InstantSource;

/** The clock of a running service; tests bring their own. */
@ApplicationScoped
public class SystemClock {
    @Produces
    @DefaultBean
    @ApplicationScoped
    InstantSource clock() {
        return Clock.systemUTC();
    }
}
