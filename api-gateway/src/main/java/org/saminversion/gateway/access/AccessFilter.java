package org.saminversion.gateway.access;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.saminversion.gateway.CurrentTenant;
import org.saminversion.gateway.ProblemFailure;
import org.saminversion.gateway.ProblemKind;
import org.saminversion.model.access.Scope;

/** Lets a request through to its resource if its caller may make it, before its body is read. */
class AccessFilter {
    private static final String ALLOWANCE = "sam.allowance";

    private final Callers callers;
    private final RateLimits limits;
    private final CurrentTenant tenant;

    AccessFilter(Callers callers, RateLimits limits, CurrentTenant tenant) {
        this.callers = callers;
        this.limits = limits;
        this.tenant = tenant;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Response> admit(ContainerRequestContext request, ResourceInfo resource) {
        if (isOpen(resource)) {
            return Uni.createFrom().nullItem();
        }
        return callers.identify(Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION)))
                .invoke(caller -> {
                    tenant.set(caller.tenant());
                    limit(request, caller);
                    requireScope(caller, scope(resource, request.getMethod()));
                })
                .replaceWith((Response) null);
    }

    @ServerResponseFilter
    void tellTheAllowance(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(ALLOWANCE) instanceof Allowance allowance) {
            allowance.headers().forEach(response.getHeaders()::putSingle);
        }
    }

    private void limit(ContainerRequestContext request, Caller caller) {
        Allowance allowance = limits.take(caller.tenant());
        request.setProperty(ALLOWANCE, allowance);
        if (!allowance.granted()) {
            throw new ProblemFailure(
                    ProblemKind.RATE_EXCEEDED,
                    "The tenant " + caller.tenant().name() + " makes too many requests; try again after "
                            + allowance.retryAfterSeconds() + " s.",
                    Map.of("Retry-After", Long.toString(allowance.retryAfterSeconds())));
        }
    }

    private static void requireScope(Caller caller, Scope scope) {
        if (!caller.scopes().contains(scope)) {
            throw new ProblemFailure(
                    ProblemKind.SCOPE_MISSING,
                    "The key has the scopes " + caller.scopes() + ", and this needs " + scope + ".",
                    Map.of("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\""));
        }
    }

    private static boolean isOpen(ResourceInfo resource) {
        return resource.getResourceMethod().isAnnotationPresent(NeedsNoKey.class)
                || resource.getResourceClass().isAnnotationPresent(NeedsNoKey.class);
    }

    private static Scope scope(ResourceInfo resource, String httpMethod) {
        Method method = resource.getResourceMethod();
        Class<?> type = resource.getResourceClass();
        if (method.isAnnotationPresent(Needs.class)) {
            return method.getAnnotation(Needs.class).value();
        }
        if (type.isAnnotationPresent(Needs.class)) {
            return type.getAnnotation(Needs.class).value();
        }
        return httpMethod.equals(HttpMethod.GET) || httpMethod.equals(HttpMethod.HEAD) ? Scope.READ : Scope.SUBMIT;
    }
}
