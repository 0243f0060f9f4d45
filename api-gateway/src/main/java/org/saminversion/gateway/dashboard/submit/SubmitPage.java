package org.saminversion.gateway.dashboard.submit;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.saminversion.gateway.access.Needs;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.model.access.Scope;

/** Submits photographs with one setting for all. */
@Path("/dashboard/submit")
@Needs(Scope.SUBMIT)
public class SubmitPage {
    private final Bundles bundles;

    SubmitPage(Bundles bundles) {
        this.bundles = bundles;
    }

    @CheckedTemplate(basePath = "dashboard/submit")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance submit(List<BundleChoice> choices);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance show() {
        return Templates.submit(bundles.names().stream()
                .map(bundles::describe)
                .map(BundleChoice::of)
                .toList());
    }
}
