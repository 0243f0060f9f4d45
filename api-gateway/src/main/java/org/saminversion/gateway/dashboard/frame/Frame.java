package org.saminversion.gateway.dashboard.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import org.saminversion.gateway.access.Caller;
import org.saminversion.gateway.access.CurrentCaller;
import org.saminversion.model.access.Scope;

/** Who looks at a page, as the template {@code dashboard/frame} shows it: {@code inject:frame}. */
@Named("frame")
@RequestScoped
public class Frame {
    private final CurrentCaller caller;

    Frame(CurrentCaller caller) {
        this.caller = caller;
    }

    /** Name of the tenant; empty where nobody was asked. */
    public String tenant() {
        return caller.get().map(known -> known.tenant().name()).orElse("");
    }

    /** Whether there is a session that can be ended. */
    public boolean isSignedIn() {
        return caller.get().map(Caller::signedIn).orElse(false);
    }

    /** Whether the caller may start, change and end jobs. */
    public boolean isSubmitter() {
        return has(Scope.SUBMIT);
    }

    /** Whether the caller may change what outlives jobs. */
    public boolean isAdministrator() {
        return has(Scope.ADMIN);
    }

    private boolean has(Scope scope) {
        return caller.get()
                .map(Caller::scopes)
                .map(scopes -> scopes.contains(scope))
                .orElse(false);
    }
}
