package org.saminversion.gateway.studies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.model.Tenant;
import org.saminversion.model.study.StudyStore;

/** Preference studies: which of two methods people prefer. */
@Path(StudiesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class StudiesResource {
    public static final String PATH = "/v1/studies";

    private final Studies begun;
    private final StudyStore studies;
    private final CurrentTenant tenant;
    private final ObjectMapper json;

    StudiesResource(Studies begun, StudyStore studies, CurrentTenant tenant, ObjectMapper json) {
        this.begun = begun;
        this.studies = studies;
        this.tenant = tenant;
        this.json = json;
    }

    /** @param items newest first */
    public record StudyList(List<StudyView> items) {}

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Begin a study of two methods",
            description = "Pairs are the photographs that were inverted with both settings, at most 2,000 of them; the"
                    + " newest inversions are shown, and the study keeps their pictures. shown is reconstruction.png, or"
                    + " edit-0.png and on, which both must have made with the same direction and strength.")
    public Response begin(String body) throws JsonProcessingException {
        StudyView view = StudyView.summary(begun.begin(tenant.get(), StudyRequest.read(body, json)));
        return Response.created(URI.create(view.links().self())).entity(view).build();
    }

    @GET
    @Operation(summary = "The latest 200 studies, newest first")
    public Uni<StudyList> list() {
        return Waiting.inTime(studies.list(tenant.get()))
                .map(all -> new StudyList(all.stream().map(StudyView::summary).toList()));
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "A study and what came of it so far",
            description =
                    "The interval is a percentile bootstrap of 5,000 resamples of the photographs, and of the votes on each.")
    public Uni<StudyView> get(@PathParam("id") String id) {
        Tenant owner = tenant.get();
        return begun.find(owner, id)
                .chain(study ->
                        begun.preference(owner, study).map(preference -> StudyView.of(study, Optional.of(preference))));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a study with its votes")
    public Uni<Response> delete(@PathParam("id") String id) {
        return Waiting.inTime(studies.delete(tenant.get(), Studies.parse(id))).map(deleted -> {
            if (!deleted) {
                throw Studies.missing(id);
            }
            return Response.noContent().build();
        });
    }
}
