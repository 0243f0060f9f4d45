package org.saminversion.gateway.dashboard.deliveries;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.dashboard.frame.Frame;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.DeliveryState;
import org.saminversion.model.callback.DeliveryStore;
import org.saminversion.model.callback.Endpoint;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.callback.EndpointStore;
import org.saminversion.model.callback.Page;

/** Messages to endpoints, newest first, and the endpoints. */
@Path("/dashboard/deliveries")
public class DeliveriesPage {
    private static final int PAGE_SIZE = 50;

    private final DeliveryStore deliveries;
    private final EndpointStore endpoints;
    private final CurrentTenant tenant;
    private final Frame frame;
    private final LivePages live;

    DeliveriesPage(
            DeliveryStore deliveries, EndpointStore endpoints, CurrentTenant tenant, Frame frame, LivePages live) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.tenant = tenant;
        this.frame = frame;
        this.live = live;
    }

    /** @param next address of the next page; empty on the last */
    public record Deliveries(
            DeliveriesQuery query,
            List<DeliveryState> states,
            List<Endpoint> endpoints,
            List<DeliveryRow> rows,
            String live,
            String next,
            boolean administrator) {}

    @CheckedTemplate(basePath = "dashboard/deliveries")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance deliveries(Deliveries page);

        static native TemplateInstance deliveries$row(DeliveryRow row);

        static native TemplateInstance deliveries$empty(Deliveries page);

        static native TemplateInstance deliveries$pages(Deliveries page);

        static native TemplateInstance deliveries$endpoints(Deliveries page);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> show(@BeanParam DeliveriesQuery query) {
        return page(tenant.get(), query, frame.isSubmitter(), frame.isAdministrator())
                .map(Templates::deliveries);
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@BeanParam DeliveriesQuery query, @Context Sse sse) {
        Tenant owner = tenant.get();
        boolean submitter = frame.isSubmitter();
        boolean administrator = frame.isAdministrator();
        return live.follow(
                sse, () -> page(owner, query, submitter, administrator).map(DeliveriesPage::view));
    }

    private Uni<Deliveries> page(Tenant owner, DeliveriesQuery query, boolean submitter, boolean administrator) {
        return Uni.combine()
                .all()
                .unis(
                        deliveries.list(owner, query.filter(), query.position(), PAGE_SIZE),
                        endpoints.list(owner, Optional.empty(), Page.SIZE_MAX))
                .asTuple()
                .map(found -> {
                    List<Endpoint> known = found.getItem2().items();
                    Map<EndpointId, Endpoint> byId =
                            known.stream().collect(Collectors.toMap(Endpoint::id, Function.identity()));
                    return new Deliveries(
                            query,
                            List.of(DeliveryState.values()),
                            known,
                            found.getItem1().items().stream()
                                    .map(delivery -> DeliveryRow.of(
                                            delivery,
                                            Optional.ofNullable(byId.get(delivery.endpoint()))
                                                    .map(Endpoint::url)
                                                    .orElse(""),
                                            submitter))
                                    .toList(),
                            "/dashboard/deliveries/live" + query.from(query.position()),
                            found.getItem1()
                                    .next()
                                    .map(next -> query.from(Optional.of(next)))
                                    .orElse(""),
                            administrator);
                });
    }

    private static LiveView view(Deliveries page) {
        return LiveView.NOTHING
                .withRows("rows", page.rows(), DeliveryRow::element, Templates::deliveries$row)
                .with("empty", Templates.deliveries$empty(page))
                .with("pages", Templates.deliveries$pages(page))
                .with("endpoints", Templates.deliveries$endpoints(page));
    }
}
