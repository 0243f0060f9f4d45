package org.saminversion.gateway.inversions;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobStore;

/** The results of an inversion, by name. */
@Path(InversionsResource.PATH + "/{id}/artefacts/{name}")
public class ArtefactsResource {
    private final JobStore jobs;
    private final CurrentTenant tenant;

    ArtefactsResource(JobStore jobs, CurrentTenant tenant) {
        this.jobs = jobs;
        this.tenant = tenant;
    }

    @GET
    @Operation(
            summary = "Bytes of an artefact",
            description =
                    "input, map.png, map.safetensors, preview.png (while it is optimised), reconstruction.png, latents.safetensors, edit-0.png and on."
                            + " The ETag is the SHA-256 of the bytes; Range asks for a part of them.")
    public Uni<Response> get(
            @PathParam("id") String id,
            @PathParam("name") String name,
            @HeaderParam("Range") Optional<String> range,
            @HeaderParam("If-Range") Optional<String> ifRange,
            @Context Request request) {
        JobId job = InversionsResource.parse(id);
        Tenant owner = tenant.get();
        return Waiting.inTime(jobs.artefact(owner, job, name))
                .chain(found -> found.isPresent()
                        ? get(owner, job, found.get(), range, ifRange, request)
                        : missing(owner, job, name));
    }

    private Uni<Response> get(
            Tenant owner,
            JobId job,
            Artefact artefact,
            Optional<String> range,
            Optional<String> ifRange,
            Request request) {
        EntityTag tag = new EntityTag(artefact.sha256());
        Optional<Response.ResponseBuilder> unchanged = Optional.ofNullable(request.evaluatePreconditions(tag));
        if (unchanged.isPresent()) {
            return Uni.createFrom().item(unchanged.get().build());
        }
        // A caller that goes on with another version's bytes gets all of this one instead.
        boolean same = ifRange.map(wanted -> wanted.equals("\"" + artefact.sha256() + "\""))
                .orElse(true);
        Optional<ByteRange> part =
                same ? range.flatMap(header -> ByteRange.parse(header, artefact.byteSize())) : Optional.empty();
        Uni<Optional<Content>> content = part.isPresent()
                ? jobs.content(
                        owner,
                        job,
                        artefact.name(),
                        part.get().first(),
                        part.get().length())
                : jobs.content(owner, job, artefact.name());
        return Waiting.inTime(content)
                .map(bytes -> response(
                        bytes.orElseThrow(() -> new MissingInversion(job.toString())), tag, part, artefact.byteSize()));
    }

    private static Response response(Content content, EntityTag tag, Optional<ByteRange> part, long size) {
        Response.ResponseBuilder response = Response.status(
                        part.isPresent() ? Response.Status.PARTIAL_CONTENT : Response.Status.OK)
                .entity(content.bytes())
                .type(content.mediaType())
                .tag(tag)
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, no-cache")
                // Pictures come from callers: a browser must not take one for a page.
                .header("X-Content-Type-Options", "nosniff");
        part.ifPresent(range -> response.header("Content-Range", range.of(size)));
        return response.build();
    }

    private Uni<Response> missing(Tenant owner, JobId job, String name) {
        return Waiting.inTime(jobs.find(owner, job)).map(known -> {
            throw known.isEmpty()
                    ? new MissingInversion(job.toString())
                    : new NotFoundException("The inversion " + job + " has no artefact \"" + name
                            + "\", or not yet; its artefacts are listed at " + InversionsResource.PATH + "/" + job
                            + ".");
        });
    }
}
