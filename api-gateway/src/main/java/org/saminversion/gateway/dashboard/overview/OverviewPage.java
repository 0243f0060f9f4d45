package org.saminversion.gateway.dashboard.overview;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.model.Tenant;

/** How much work there is, who does it, and what needs attention. */
@Path("/dashboard")
public class OverviewPage {
    private final Situations situations;
    private final CurrentTenant tenant;
    private final LivePages live;

    OverviewPage(Situations situations, CurrentTenant tenant, LivePages live) {
        this.situations = situations;
        this.tenant = tenant;
        this.live = live;
    }

    @CheckedTemplate(basePath = "dashboard/overview")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance overview(Overview overview);

        static native TemplateInstance overview$problems(Overview overview);

        static native TemplateInstance overview$work(Overview overview);

        static native TemplateInstance overview$pace(Overview overview);

        static native TemplateInstance overview$crew(Overview overview);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> show() {
        return situations.of(tenant.get()).map(Overview::of).map(Templates::overview);
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@Context Sse sse) {
        Tenant owner = tenant.get();
        return live.follow(sse, () -> situations.of(owner).map(Overview::of).map(OverviewPage::view));
    }

    private static LiveView view(Overview overview) {
        return LiveView.NOTHING
                .with("problems", Templates.overview$problems(overview))
                .with("work", Templates.overview$work(overview))
                .with("pace", Templates.overview$pace(overview))
                .with("crew", Templates.overview$crew(overview));
    }
}
