package org.saminversion.gateway.http;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;

/** Refuses forms with an empty boundary before they are read: the library that reads them fails on those. */
class FormFilter {
    private static final Pattern EMPTY_BOUNDARY = Pattern.compile("(?is)multipart/.*;\\s*boundary=\\s*(\"\"|;.*)?\\s*");

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION + 1)
    void requireBoundary(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type != null && EMPTY_BOUNDARY.matcher(type).matches()) {
            throw new ProblemFailure(
                    ProblemKind.REQUEST_MALFORMED, "The Content-Type of the form names an empty boundary.");
        }
    }
}
