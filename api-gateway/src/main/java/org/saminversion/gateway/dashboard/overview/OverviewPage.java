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
import java.util.Map;
import org.saminversion.gateway.CurrentTenant;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.model.Tenant;
import org.saminversion.model.view.JobCounts;
import org.saminversion.model.view.JobStatistics;

/** How much work there is, who does it, and what needs attention. */
@Path("/dashboard")
public class OverviewPage {
    private final JobStatistics statistics;
    private final CurrentTenant tenant;
    private final LivePages live;

    OverviewPage(JobStatistics statistics, CurrentTenant tenant, LivePages live) {
        this.statistics = statistics;
        this.tenant = tenant;
        this.live = live;
    }

    @CheckedTemplate(basePath = "dashboard/overview")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance overview(JobCounts counts);

        static native TemplateInstance overview$counts(JobCounts counts);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> show() {
        return statistics.counts(tenant.get()).map(Templates::overview);
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@Context Sse sse) {
        Tenant owner = tenant.get();
        return live.follow(sse, () -> statistics.counts(owner).map(OverviewPage::view));
    }

    private static LiveView view(JobCounts counts) {
        return new LiveView(Map.of("counts", Templates.overview$counts(counts).render()), Map.of());
    }
}
