package org.saminversion.gateway.access;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.model.access.Scope;

/** Lets a request through to its resource if its caller may make it, before its body is read. */
class AccessFilter {
    private static final String ALLOWANCE = "sam.allowance";

    private final Callers callers;
    private final RateLimits limits;
    private final CurrentTenant tenant;
    private final CurrentCaller current;

    AccessFilter(Callers callers, RateLimits limits, CurrentTenant tenant, CurrentCaller current) {
        this.callers = callers;
        this.limits = limits;
        this.tenant = tenant;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Response> admit(ContainerRequestContext request, ResourceInfo resource) {
        requireSameOrigin(request);
        if (isOpen(resource)) {
            return Uni.createFrom().nullItem();
        }
        return callers.identify(
                        Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION)),
                        Optional.ofNullable(request.getCookies().get(Session.COOKIE))
                                .map(Cookie::getValue))
                .invoke(caller -> {
                    tenant.set(caller.tenant());
                    current.set(caller);
                    limit(request, caller);
                    requireScope(caller, scope(resource, request.getMethod()));
                })
                .replaceWith((Response) null)
                .onFailure(failure -> isUnknown(failure) && isForAPerson(request))
                .recoverWithItem(() -> signIn(request));
    }

    @ServerResponseFilter
    void tellTheAllowance(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(ALLOWANCE) instanceof Allowance allowance) {
            allowance.headers().forEach(response.getHeaders()::putSingle);
        }
    }

    private static void requireSameOrigin(ContainerRequestContext request) {
        // A page of another site cannot set this header, and whoever sends a key need not be protected from himself.
        if (request.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                && SameOrigin.isViolatedBy(request.getMethod(), request::getHeaderString)) {
            throw new ProblemFailure(
                    ProblemKind.CROSS_ORIGIN,
                    "The page of another site sent this. Programs send \"Authorization: Bearer sam_...\", and no Origin.");
        }
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof ProblemFailure problem
                && (problem.kind() == ProblemKind.KEY_MISSING || problem.kind() == ProblemKind.KEY_INVALID);
    }

    private static boolean isForAPerson(ContainerRequestContext request) {
        return request.getMethod().equals(HttpMethod.GET)
                && request.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE);
    }

    private static Response signIn(ContainerRequestContext request) {
        return Response.seeOther(UriBuilder.fromPath(Session.SIGN_IN)
                        .queryParam("to", "{to}")
                        .build(request.getUriInfo().getRequestUri().getRawPath()))
                .build();
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
