package org.saminversion.gateway.batches;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.Cells;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.problems.Problem;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.BatchStore;
import org.saminversion.model.batch.ItemResult;
import org.saminversion.model.batch.LineError;
import org.saminversion.model.batch.ResultStore;
import org.saminversion.model.store.JobStore;

/** What came of a batch, streamed: only a page of lines and one picture are in memory. */
@Path(BatchesResource.PATH + "/{id}")
@Blocking
public class BatchResultsResource {
    private static final String JSON_LINES = "application/x-ndjson";
    private static final int LINES_AT_ONCE = 500;

    private final BatchStore batches;
    private final ResultStore results;
    private final JobStore jobs;
    private final CurrentTenant tenant;
    private final ObjectMapper json;

    BatchResultsResource(
            BatchStore batches, ResultStore results, JobStore jobs, CurrentTenant tenant, ObjectMapper json) {
        this.batches = batches;
        this.results = results;
        this.jobs = jobs;
        this.tenant = tenant;
        this.json = json;
    }

    @GET
    @Path("results")
    @Produces(JSON_LINES)
    @Operation(summary = "Every item as it stands, one JSON object on each line")
    public Response results(@PathParam("id") String id) {
        Pages<ItemResult> pages = items(known(id));
        return stream(
                JSON_LINES,
                out -> pages.forEach(item -> {
                    out.write(json.writeValueAsBytes(ItemView.of(item)));
                    out.write('\n');
                }));
    }

    @GET
    @Path("results.zip")
    @Produces("application/zip")
    @Operation(
            summary = "The pictures of all items that succeeded, and an index",
            description = "index.ndjson tells the folder of each item.")
    public Response archive(@PathParam("id") String id) {
        BatchId batch = known(id);
        Pages<ItemResult> pages = items(batch);
        Tenant owner = tenant.get();
        ResultArchive archive =
                new ResultArchive(json, (job, name) -> Waiting.forStore(jobs.content(owner, job, name)));
        return Response.fromResponse(stream("application/zip", out -> archive.write(pages, out)))
                .header("Content-Disposition", "attachment; filename=\"batch-" + batch + ".zip\"")
                .build();
    }

    @GET
    @Path("errors")
    @Produces(JSON_LINES)
    @Operation(summary = "Every line that was refused, one JSON object on each line; as CSV with Accept: text/csv")
    public Response errors(@PathParam("id") String id) {
        Pages<LineError> pages = lineErrors(known(id));
        return stream(
                JSON_LINES,
                out -> pages.forEach(error -> {
                    out.write(json.writeValueAsBytes(ErrorView.of(error)));
                    out.write('\n');
                }));
    }

    @GET
    @Path("errors")
    @Produces("text/csv")
    public Response errorsAsCsv(@PathParam("id") String id) {
        Pages<LineError> pages = lineErrors(known(id));
        return stream("text/csv; charset=utf-8", out -> {
            out.write(Cells.line("line", "customId", "kind", "detail").getBytes(StandardCharsets.UTF_8));
            pages.forEach(error ->
                    out.write(Cells.line(error.line(), error.customId().orElse(""), error.kind(), error.detail())
                            .getBytes(StandardCharsets.UTF_8)));
        });
    }

    /** @param customId absent if it could not be read */
    @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT)
    record ErrorView(long line, Optional<String> customId, String type, String kind, String detail) {
        static ErrorView of(LineError error) {
            return new ErrorView(
                    error.line(), error.customId(), Problem.typeOf(error.kind()), error.kind(), error.detail());
        }
    }

    private BatchId known(String id) {
        BatchId batch = BatchUploads.parse(id);
        BatchesResource.requireKnown(batches, tenant.get(), batch);
        return batch;
    }

    private Pages<ItemResult> items(BatchId batch) {
        Tenant owner = tenant.get();
        return new Pages<>(
                after -> Waiting.forStore(results.items(owner, batch, after, LINES_AT_ONCE)), ItemResult::line);
    }

    private Pages<LineError> lineErrors(BatchId batch) {
        Tenant owner = tenant.get();
        return new Pages<>(
                after -> Waiting.forStore(results.errors(owner, batch, after, LINES_AT_ONCE)), LineError::line);
    }

    private static Response stream(String type, StreamingOutput body) {
        return Response.ok(body, type)
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
