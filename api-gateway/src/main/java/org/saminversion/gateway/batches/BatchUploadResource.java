package org.saminversion.gateway.batches;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.Batch;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.BatchStore;

/** The upload of a batch, in parts. An upload that broke goes on at the offset that HEAD tells. */
@Path(BatchesResource.PATH + "/{id}/upload")
public class BatchUploadResource {
    private static final String OFFSET = "Upload-Offset";

    private final BatchUploads uploads;
    private final BatchStore batches;
    private final CurrentTenant tenant;

    BatchUploadResource(BatchUploads uploads, BatchStore batches, CurrentTenant tenant) {
        this.uploads = uploads;
        this.batches = batches;
        this.tenant = tenant;
    }

    @HEAD
    @Blocking
    @Operation(summary = "Upload-Offset: how many bytes are stored")
    public Response offset(@PathParam("id") String id) {
        Batch batch = Waiting.forStore(batches.find(tenant.get(), BatchUploads.parse(id)))
                .orElseThrow(() -> BatchUploads.missing(id));
        return stored(Response.ok(), batch.uploadBytes());
    }

    @PUT
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Append a part that begins at Upload-Offset, which must be where the stored upload ends")
    public Response append(@PathParam("id") String id, @HeaderParam(OFFSET) String offset, InputStream part)
            throws IOException {
        Tenant owner = tenant.get();
        BatchId batch = BatchUploads.parse(id);
        BatchesResource.requireKnown(batches, owner, batch);
        return stored(Response.noContent(), uploads.append(owner, batch, bytes(offset), part));
    }

    private static Response stored(Response.ResponseBuilder response, long bytes) {
        return response.header(OFFSET, bytes)
                .header("Cache-Control", "no-store")
                .build();
    }

    private static long bytes(String offset) {
        if (offset == null || !offset.matches("[0-9]{1,18}")) {
            throw new JobFailure.Rejected(
                    "request-malformed", "Upload-Offset must be the number of bytes that are stored; HEAD tells it.");
        }
        return Long.parseLong(offset);
    }
}
