package org.saminversion.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.saminversion.model.TraceContext;

/** The trace that a request belongs to: the one that its header names, or else one that begins here. */
@ApplicationScoped
class Traces {
    private final RandomGenerator random = new SecureRandom();

    TraceContext of(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(TraceContext.HEADER))
                .flatMap(TraceContext::parse)
                .orElseGet(() -> TraceContext.begin(random));
    }
}
