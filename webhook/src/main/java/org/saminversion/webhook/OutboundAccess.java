package org.saminversion.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.outbound.OutboundPolicy;

/** Where this process may send requests to, by its configuration. */
@ApplicationScoped
public class OutboundAccess {
    @Produces
    @Singleton
    OutboundPolicy policy(
            @ConfigProperty(name = "sam.outbound.allow-private") boolean allowPrivate,
            @ConfigProperty(name = "sam.outbound.allow-http") boolean allowHttp,
            @ConfigProperty(name = "sam.outbound.ports") Set<Integer> ports) {
        return new OutboundPolicy(allowPrivate, allowHttp, ports);
    }
}
