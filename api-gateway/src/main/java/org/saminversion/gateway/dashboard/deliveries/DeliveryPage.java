package org.saminversion.gateway.dashboard.deliveries;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.dashboard.frame.Frame;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.DeliveryDetails;
import org.saminversion.model.callback.DeliveryId;
import org.saminversion.model.callback.DeliveryStore;
import org.saminversion.model.callback.Endpoint;
import org.saminversion.model.callback.EndpointStore;

/** One message to an endpoint, and how each try went. */
@Path("/dashboard/deliveries")
public class DeliveryPage {
    private final DeliveryStore deliveries;
    private final EndpointStore endpoints;
    private final CurrentTenant tenant;
    private final Frame frame;
    private final LivePages live;

    DeliveryPage(DeliveryStore deliveries, EndpointStore endpoints, CurrentTenant tenant, Frame frame, LivePages live) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.tenant = tenant;
        this.frame = frame;
        this.live = live;
    }

    /** A message as its page shows it. */
    public record DeliveryView(DeliveryDetails details, DeliveryRow row) {}

    @CheckedTemplate(basePath = "dashboard/deliveries")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance delivery(DeliveryView view, String live);

        static native TemplateInstance delivery$summary(DeliveryView view);

        static native TemplateInstance delivery$tries(DeliveryView view);
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> show(@PathParam("id") String id) {
        return view(tenant.get(), id, frame.isSubmitter())
                .map(view -> Templates.delivery(view, "/dashboard/deliveries/" + id + "/live"));
    }

    @GET
    @Path("{id}/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@PathParam("id") String id, @Context Sse sse) {
        Tenant owner = tenant.get();
        boolean submitter = frame.isSubmitter();
        return live.follow(sse, () -> view(owner, id, submitter).map(DeliveryPage::fragments));
    }

    private Uni<DeliveryView> view(Tenant owner, String id, boolean submitter) {
        DeliveryId delivery = DeliveryId.parse(id).orElseThrow(() -> missing(id));
        return deliveries.details(owner, delivery).chain(found -> {
            DeliveryDetails details = found.orElseThrow(() -> missing(id));
            return endpoints
                    .find(owner, details.delivery().endpoint())
                    .map(endpoint -> new DeliveryView(
                            details,
                            DeliveryRow.of(
                                    details.delivery(),
                                    endpoint.map(Endpoint::url).orElse(""),
                                    submitter)));
        });
    }

    private static LiveView fragments(DeliveryView view) {
        return LiveView.NOTHING
                .with("summary", Templates.delivery$summary(view))
                .with("tries", Templates.delivery$tries(view));
    }

    private static NotFoundException missing(String id) {
        return new NotFoundException("There is no delivery " + id + ", or it was deleted after its retention.");
    }
}
