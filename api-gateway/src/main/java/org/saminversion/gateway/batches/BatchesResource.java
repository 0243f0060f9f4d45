package org.saminversion.gateway.batches;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.Cursor;
import org.saminversion.gateway.http.IdempotencyHeader;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.gateway.http.ListPage;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.model.JobPage;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.Batch;
import org.saminversion.model.batch.BatchFormat;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.BatchState;
import org.saminversion.model.batch.BatchStore;

/** Batches: create, look at, cancel, try again. */
@Path(BatchesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class BatchesResource {
    static final String PATH = "/v1/batches";

    private final BatchOpening opening;
    private final BatchUploads uploads;
    private final BatchStore batches;
    private final BatchIntake intake;
    private final CurrentTenant tenant;
    private final ObjectMapper json;

    BatchesResource(
            BatchOpening opening,
            BatchUploads uploads,
            BatchStore batches,
            BatchIntake intake,
            CurrentTenant tenant,
            ObjectMapper json) {
        this.opening = opening;
        this.uploads = uploads;
        this.batches = batches;
        this.intake = intake;
        this.tenant = tenant;
        this.json = json;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Begin a batch whose catalogue is uploaded in parts",
            description = "format is csv, jsonl, zip or urls. Then PUT parts to the upload, and finalize.")
    public Response create(@Context HttpHeaders headers, String body) throws IOException {
        BatchOpening.Opened opened = opening.open(tenant.get(), BatchRequest.read(body, json), headers);
        return answer(Response.created(URI.create(BatchView.self(opened.batch()))), opened.batch(), opened.replayed());
    }

    @POST
    @Blocking
    @Consumes({"text/csv", "application/x-ndjson", "application/jsonl", "application/zip", "text/uri-list"})
    @Operation(summary = "Send a catalogue in one request: CSV, JSON lines, a ZIP of images, or a list of URLs")
    public Response submit(
            @HeaderParam("Content-Type") MediaType type,
            @BeanParam BatchParameters parameters,
            @Context HttpHeaders headers,
            InputStream body)
            throws IOException {
        Tenant owner = tenant.get();
        BatchFormat format = switch (type.getSubtype()) {
            case "csv" -> BatchFormat.CSV;
            case "zip" -> BatchFormat.ZIP;
            case "uri-list" -> BatchFormat.URLS;
            default -> BatchFormat.JSONL;
        };
        BatchOpening.Opened opened = opening.open(owner, BatchRequest.of(format, parameters, json), headers);
        Batch batch = opened.batch();
        if (batch.state() == BatchState.UPLOADING) {
            // What an earlier request with the same key had sent when its connection broke is there.
            body.skipNBytes(batch.uploadBytes());
            uploads.append(owner, batch.id(), batch.uploadBytes(), body);
            batch = Waiting.forStore(batches.finishUpload(owner, batch.id())).orElseThrow();
            intake.wake();
        }
        return answer(Response.accepted().location(URI.create(BatchView.self(batch))), batch, opened.replayed());
    }

    private static Response answer(Response.ResponseBuilder response, Batch batch, boolean replayed) {
        if (replayed) {
            response.header(IdempotencyHeader.REPLAYED, "true");
        }
        return response.entity(BatchView.summary(batch)).build();
    }

    @GET
    @Operation(summary = "Batches, newest first")
    public Uni<ListPage<BatchView>> list(
            @QueryParam("state") Optional<String> state,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        Optional<BatchState> wanted = state.map(word -> JsonFields.word("state", BatchState.values(), word));
        int pageSize = ListPage.size(limit);
        Optional<JobPage.Position> position = after.map(Cursor::read);
        return Waiting.inTime(batches.list(tenant.get(), wanted, position, pageSize))
                .map(page -> new ListPage<>(
                        page.batches().stream().map(BatchView::summary).toList(),
                        page.next()
                                .map(next -> PATH + "?limit=" + pageSize
                                        + wanted.map(known -> "&state=" + known).orElse("") + "&after="
                                        + Cursor.write(next))));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "State, counts, pace and causes of errors")
    public Uni<BatchView> get(@PathParam("id") String id) {
        return Waiting.inTime(batches.details(tenant.get(), BatchUploads.parse(id)))
                .map(found -> BatchView.of(found.orElseThrow(() -> BatchUploads.missing(id))));
    }

    @POST
    @Path("{id}/finalize")
    @Operation(summary = "The upload is complete: check its lines and start its items")
    public Uni<Response> finishUpload(@PathParam("id") String id) {
        return accepted(id, batches.finishUpload(tenant.get(), BatchUploads.parse(id)))
                .invoke(intake::wake);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Cancel; what has ended keeps its results")
    public Uni<Response> delete(@PathParam("id") String id) {
        return cancel(id);
    }

    @POST
    @Path("{id}/cancel")
    @Operation(summary = "Cancel; what has ended keeps its results")
    public Uni<Response> cancel(@PathParam("id") String id) {
        return accepted(id, batches.cancel(tenant.get(), BatchUploads.parse(id)));
    }

    @POST
    @Path("{id}/retry")
    @Operation(summary = "Start the items of a finished batch that failed or expired once more")
    public Uni<Response> retry(@PathParam("id") String id) {
        return accepted(id, batches.retryFailed(tenant.get(), BatchUploads.parse(id)));
    }

    private static Uni<Response> accepted(String id, Uni<Optional<Batch>> change) {
        return Waiting.inTime(change)
                .map(found -> Response.accepted(BatchView.summary(found.orElseThrow(() -> BatchUploads.missing(id))))
                        .build());
    }

    static void requireKnown(BatchStore batches, Tenant owner, BatchId batch) {
        Waiting.forStore(batches.find(owner, batch)).orElseThrow(() -> BatchUploads.missing(batch.toString()));
    }
}
