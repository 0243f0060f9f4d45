package org.saminversion.gateway.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.saminversion.model.TraceContext;

/** The trace that a request belongs to: the one that its header names, or else one that begins here. */
@ApplicationScoped
public class Traces {
    private final RandomGenerator random = new SecureRandom();

    /** A header that is not understood begins a new trace. */
    public TraceContext of(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(TraceContext.HEADER))
                .flatMap(TraceContext::parse)
                .orElseGet(() -> TraceContext.begin(random));
    }
}
