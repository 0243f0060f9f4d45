package org.saminversion.gateway.callbacks;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.gateway.http.ListPage;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.model.Ids;
import org.saminversion.model.callback.Delivery;
import org.saminversion.model.callback.DeliveryFilter;
import org.saminversion.model.callback.DeliveryId;
import org.saminversion.model.callback.DeliveryState;
import org.saminversion.model.callback.DeliveryStore;
import org.saminversion.model.callback.EndpointId;

/** Messages to endpoints: what became of them, and once more. */
@Path(DeliveriesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class DeliveriesResource {
    public static final String PATH = "/v1/deliveries";

    private final DeliveryStore deliveries;
    private final CurrentTenant tenant;

    DeliveriesResource(DeliveryStore deliveries, CurrentTenant tenant) {
        this.deliveries = deliveries;
        this.tenant = tenant;
    }

    @GET
    @Operation(
            summary = "Deliveries, newest first",
            description = "endpoint, subject (the id of an inversion or batch) and state are filters.")
    public Uni<ListPage<DeliveryView>> list(
            @QueryParam("endpoint") Optional<String> endpoint,
            @QueryParam("subject") Optional<String> subject,
            @QueryParam("state") Optional<String> state,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        DeliveryFilter filter = new DeliveryFilter(
                endpoint.map(text -> new EndpointId(id("endpoint", text))),
                subject.map(text -> id("subject", text)),
                state.map(DeliveriesResource::state));
        int size = ListPage.size(limit);
        String path = PATH + "?limit=" + size
                + filter.endpoint().map(id -> "&endpoint=" + id).orElse("")
                + filter.subject().map(id -> "&subject=" + id).orElse("")
                + filter.state().map(word -> "&state=" + word).orElse("");
        return Waiting.inTime(deliveries.list(tenant.get(), filter, ListPage.position(after), size))
                .map(page -> ListPage.of(page, DeliveryView::summary, path));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One delivery, with its body and every try")
    public Uni<DeliveryView> get(@PathParam("id") String id) {
        return Waiting.inTime(deliveries.details(tenant.get(), parse(id)))
                .map(found -> DeliveryView.of(found.orElseThrow(() -> missing(id))));
    }

    @POST
    @Path("{id}/redeliver")
    @Operation(summary = "Send a message again, by a schedule that begins anew")
    public Uni<Response> redeliver(@PathParam("id") String id) {
        return Waiting.inTime(deliveries.redeliver(tenant.get(), parse(id)))
                .onFailure(DeliveryStore.NotRedeliverable.class)
                .transform(refused -> new ProblemFailure(ProblemKind.ENDPOINT_DISABLED, refused.getMessage()))
                .map(found -> accepted(found.orElseThrow(() -> missing(id))));
    }

    static Response accepted(Delivery delivery) {
        return Response.accepted(DeliveryView.summary(delivery))
                .location(URI.create(PATH + "/" + delivery.id()))
                .build();
    }

    private static DeliveryId parse(String id) {
        return DeliveryId.parse(id).orElseThrow(() -> missing(id));
    }

    private static NotFoundException missing(String id) {
        return new NotFoundException("There is no delivery " + id + ", or it was deleted after its retention.");
    }

    private static UUID id(String name, String text) {
        return Ids.parse(text).orElseThrow(() -> JsonFields.malformed(name + " must be an id, not " + text + "."));
    }

    private static DeliveryState state(String word) {
        return Arrays.stream(DeliveryState.values())
                .filter(state -> state.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> JsonFields.malformed(
                        "There is no state " + word + "; there are " + Arrays.toString(DeliveryState.values()) + "."));
    }
}
