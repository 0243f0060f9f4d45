package org.saminversion.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.outbound.OutboundHttp;
import org.saminversion.outbound.OutboundPolicy;
import org.saminversion.webhook.Secrets;

/** What requests of callers may make the gateway send. */
@ApplicationScoped
class OutboundRequests {
    @Produces
    @Singleton
    OutboundHttp http(OutboundPolicy policy, @ConfigProperty(name = "sam.outbound.image-timeout") Duration timeout) {
        return new OutboundHttp(policy, timeout);
    }

    void close(@Disposes OutboundHttp http) {
        http.close();
    }

    @Produces
    @Singleton
    Secrets secrets() {
        return new Secrets(new SecureRandom());
    }
}
