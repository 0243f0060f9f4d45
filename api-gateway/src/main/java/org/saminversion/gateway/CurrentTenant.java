package org.saminversion.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.model.Tenant;

/** Whose request it is. On loopback there is one tenant, which the configuration names. */
@ApplicationScoped
class CurrentTenant {
    private final Tenant tenant;

    CurrentTenant(@ConfigProperty(name = "sam.tenant", defaultValue = "default") String name) {
        this.tenant = new Tenant(name);
    }

    Tenant get() {
        return tenant;
    }
}
