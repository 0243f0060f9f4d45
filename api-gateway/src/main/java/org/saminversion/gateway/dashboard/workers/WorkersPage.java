package org.saminversion.gateway.dashboard.workers;

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
import java.time.InstantSource;
import java.util.List;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.model.Tenant;
import org.saminversion.model.crew.WorkerStore;

/** The workers and what they do. Of other tenants' jobs only that they are there. */
@Path("/dashboard/workers")
public class WorkersPage {
    private final WorkerStore crew;
    private final InstantSource clock;
    private final CurrentTenant tenant;
    private final LivePages live;

    WorkersPage(WorkerStore crew, InstantSource clock, CurrentTenant tenant, LivePages live) {
        this.crew = crew;
        this.clock = clock;
        this.tenant = tenant;
        this.live = live;
    }

    @CheckedTemplate(basePath = "dashboard/workers")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance workers(List<WorkerRow> workers);

        static native TemplateInstance workers$list(List<WorkerRow> workers);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> show() {
        return rows(tenant.get()).map(Templates::workers);
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@Context Sse sse) {
        Tenant owner = tenant.get();
        return live.follow(
                sse,
                () -> rows(owner).map(workers -> LiveView.NOTHING.with("workers", Templates.workers$list(workers))));
    }

    private Uni<List<WorkerRow>> rows(Tenant owner) {
        return crew.list(owner)
                .map(workers -> workers.stream()
                        .map(worker -> WorkerRow.of(worker, clock.instant()))
                        .toList());
    }
}
