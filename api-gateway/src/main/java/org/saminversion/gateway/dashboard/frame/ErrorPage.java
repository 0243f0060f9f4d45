package org.saminversion.gateway.dashboard.frame;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.saminversion.gateway.problems.Problem;

/** Shows a problem to people as a page; programs get it as JSON. */
class ErrorPage {
    private static final String PAGES = "/dashboard";

    @CheckedTemplate(basePath = "dashboard/frame")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance error(Problem problem);
    }

    @ServerResponseFilter
    void show(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem
                && request.getUriInfo().getPath().startsWith(PAGES)
                && request.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE)) {
            response.setEntity(Templates.error(problem).render(), null, new MediaType("text", "html", "UTF-8"));
        }
    }
}
