package org.saminversion.gateway.edits;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.http.IdempotencyHeader;
import org.saminversion.gateway.http.ListPage;
import org.saminversion.gateway.http.Traces;
import org.saminversion.gateway.http.WaitPreference;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Content;
import org.saminversion.model.EditRendering;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.EditStore;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.JobStore;

/** Further edits of a finished inversion, rendered from its latents without optimising again. */
@Path(InversionsResource.PATH + "/{id}/edits")
@Produces(MediaType.APPLICATION_JSON)
public class EditsResource {
    static final String PICTURE = Content.PNG;

    private static final Duration WAIT_DEFAULT = Duration.ofSeconds(5);

    private final EditRequestReader reader;
    private final Bundles bundles;
    private final JobStore jobs;
    private final EditStore edits;
    private final EditOrders orders;
    private final Traces traces;
    private final CurrentTenant tenant;

    EditsResource(
            EditRequestReader reader,
            Bundles bundles,
            JobStore jobs,
            EditStore edits,
            EditOrders orders,
            Traces traces,
            CurrentTenant tenant) {
        this.reader = reader;
        this.bundles = bundles;
        this.jobs = jobs;
        this.edits = edits;
        this.orders = orders;
        this.traces = traces;
        this.tenant = tenant;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, PICTURE})
    @Operation(
            summary = "Render an edit from the stored latents",
            description =
                    "Several directions add up in one picture. 201 when it is done within the time of Prefer: wait=n"
                            + " (5 s by default), with the picture itself if Accept asks for image/png; 202 otherwise."
                            + " With \"preview\": true the picture is deleted after a minute, and no event tells of it.")
    public Uni<Response> request(
            @PathParam("id") String id,
            @HeaderParam("Prefer") Optional<String> prefer,
            @HeaderParam("Accept") Optional<String> accept,
            @Context HttpHeaders headers,
            String body)
            throws JsonProcessingException {
        Tenant owner = tenant.get();
        JobId job = InversionsResource.parse(id);
        Job known = Waiting.inTime(jobs.find(owner, job))
                .await()
                .indefinitely()
                .orElseThrow(() -> InversionsResource.missing(id));
        EditRequestReader.EditWish wish =
                reader.read(body, bundles.describe(known.settings().bundle()));
        Duration wait = WaitPreference.read(prefer, WAIT_DEFAULT);
        Optional<IdempotencyKey> key = IdempotencyHeader.read(
                headers, owner, "POST " + InversionsResource.PATH + "/{id}/edits", job + " " + wish);
        return orders.answer(
                new EditStore.Wish(owner, job, wish.parts(), wish.preview(), Optional.of(traces.of(headers))),
                key,
                wait,
                accept.filter(type -> type.contains(PICTURE)).isPresent());
    }

    @GET
    @Path("{number}")
    @Operation(summary = "One further edit: its state, and where its picture is")
    public Uni<EditView> get(@PathParam("id") String id, @PathParam("number") String number) {
        return orders.find(tenant.get(), id, number).map(EditView::of);
    }

    @GET
    @Operation(summary = "Further edits, in the order of the requests")
    public Uni<ListPage<EditView>> list(
            @PathParam("id") String id,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        Tenant owner = tenant.get();
        JobId job = InversionsResource.parse(id);
        int pageSize = ListPage.size(limit);
        int position = after.map(EditsResource::position).orElse(0);
        return Waiting.inTime(jobs.find(owner, job)).chain(found -> {
            found.orElseThrow(() -> InversionsResource.missing(id));
            return Waiting.inTime(edits.list(owner, job, position, pageSize)).map(page -> page(id, page, pageSize));
        });
    }

    private static ListPage<EditView> page(String id, List<EditRendering> edits, int pageSize) {
        Optional<String> next = edits.size() < pageSize
                ? Optional.empty()
                : Optional.of(InversionsResource.PATH + "/" + id + "/edits?limit=" + pageSize + "&after="
                        + edits.get(edits.size() - 1).number());
        return new ListPage<>(edits.stream().map(EditView::of).toList(), next);
    }

    private static int position(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new JobFailure.Rejected(
                    "request-malformed", "after must be the number of an edit, not " + text + ".");
        }
        return Integer.parseInt(text);
    }
}
