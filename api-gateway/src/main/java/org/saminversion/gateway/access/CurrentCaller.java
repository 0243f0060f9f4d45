package org.saminversion.gateway.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who makes the request. The access filter sets it before any resource is called. */
@RequestScoped
public class CurrentCaller {
    private Caller caller;

    void set(Caller caller) {
        this.caller = caller;
    }

    /** Empty where nobody was asked who they are. */
    public Optional<Caller> get() {
        return Optional.ofNullable(caller);
    }
}
