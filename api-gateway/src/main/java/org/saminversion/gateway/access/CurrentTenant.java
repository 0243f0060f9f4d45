package org.saminversion.gateway.access;

import jakarta.enterprise.context.RequestScoped;
import org.saminversion.model.Tenant;

/** Whose request it is. The access filter sets it before any resource is called. */
@RequestScoped
public class CurrentTenant {
    private Tenant tenant;

    public void set(Tenant tenant) {
        this.tenant = tenant;
    }

    /** To be asked when a request begins: streams that go on have no request any more. */
    public Tenant get() {
        if (tenant == null) {
            throw new IllegalStateException("a resource that needs no key asked for its tenant");
        }
        return tenant;
    }
}
