package org.saminversion.gateway;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
            description = "input, map.png, map.safetensors, reconstruction.png, latents.safetensors, edit-0.png and on."
                    + " The ETag is the SHA-256 of the bytes.")
    public Uni<Response> get(@PathParam("id") String id, @PathParam("name") String name, @Context Request request) {
        JobId job = InversionsResource.parse(id);
        Tenant owner = tenant.get();
        return InversionsResource.inTime(jobs.artefact(owner, job, name)).chain(found -> {
            Artefact artefact = found.orElseThrow(() -> missing(id, name));
            EntityTag tag = new EntityTag(artefact.sha256());
            Optional<Response.ResponseBuilder> unchanged = Optional.ofNullable(request.evaluatePreconditions(tag));
            return unchanged.isPresent()
                    ? Uni.createFrom().item(unchanged.get().build())
                    : InversionsResource.inTime(jobs.content(owner, job, name))
                            .map(content -> response(content.orElseThrow(() -> missing(id, name)), tag));
        });
    }

    private static Response response(Content content, EntityTag tag) {
        return Response.ok(content.bytes(), content.mediaType())
                .tag(tag)
                .header("Cache-Control", "private, no-cache")
                // Pictures come from callers: a browser must not take one for a page.
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static NotFoundException missing(String id, String name) {
        return new NotFoundException("The inversion " + id + " has no artefact \"" + name
                + "\", or not yet; its artefacts are listed at " + InversionsResource.PATH + "/" + id + ".");
    }
}
