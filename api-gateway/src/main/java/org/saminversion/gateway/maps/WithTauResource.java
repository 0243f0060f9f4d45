package org.saminversion.gateway.maps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.IdempotencyHeader;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.gateway.http.Traces;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.gateway.inversions.SubmissionAnswers;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.invertibility.RefinedMap;
import org.saminversion.inversion.invertibility.RefinedMapPicture;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.TraceContext;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.StoredAnswer;
import org.saminversion.model.store.ThresholdStore;

/** Inverts a photograph again with another threshold, from the map of an earlier inversion. */
@Path(InversionsResource.PATH + "/{id}/with-tau")
@Produces(MediaType.APPLICATION_JSON)
public class WithTauResource {
    private final ObjectMapper json;
    private final StoredMaps maps;
    private final ThresholdStore jobs;
    private final SubmissionAnswers submissions;
    private final Traces traces;
    private final CurrentTenant tenant;
    private final Supplier<UUID> ids = UUID::randomUUID;

    WithTauResource(
            ObjectMapper json,
            StoredMaps maps,
            ThresholdStore jobs,
            SubmissionAnswers submissions,
            Traces traces,
            CurrentTenant tenant) {
        this.submissions = submissions;
        this.traces = traces;
        this.json = json;
        this.maps = maps;
        this.jobs = jobs;
        this.tenant = tenant;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Invert the same photograph with another threshold",
            description =
                    "The body is {\"tau\": 0.7}. Makes a new inversion with the image, the settings and the edits of this"
                            + " one, which starts from its map: nothing is segmented or measured again.")
    public Uni<Response> submit(@PathParam("id") String id, @Context HttpHeaders headers, String body)
            throws JsonProcessingException {
        Tenant owner = tenant.get();
        JobId original = InversionsResource.parse(id);
        double tau = tau(json.readTree(body == null ? "" : body));
        Optional<IdempotencyKey> key = IdempotencyHeader.read(
                headers, owner, "POST " + InversionsResource.PATH + "/{id}/with-tau", original + " " + tau);
        TraceContext trace = traces.of(headers);
        return maps.refined(owner, original, Optional.of(tau))
                .map(map -> new ThresholdStore.Wish(
                        owner, original, new JobId(ids.get()), tau, picture(map), Optional.of(trace)))
                .chain(wish -> Waiting.inTime(
                        key.isPresent()
                                ? jobs.submitOnce(wish, key.get(), made -> accepted(id, made))
                                        .map(IdempotencyHeader::given)
                                : jobs.submit(wish)
                                        .map(made -> new IdempotencyHeader.Given(accepted(id, made), false))))
                .map(WithTauResource::response);
    }

    private static double tau(JsonNode tree) {
        if (!tree.isObject()) {
            throw new JobFailure.Rejected("request-malformed", "The body must be JSON such as {\"tau\": 0.7}.");
        }
        JsonFields.requireKnown(tree, Set.of("tau"));
        return JsonFields.number("tau", JsonFields.scalar(tree, "tau"), Double::valueOf)
                .orElseThrow(() -> new JobFailure.Rejected("request-malformed", "The body lacks tau."));
    }

    private static byte[] picture(RefinedMap map) {
        return PngWriter.toBytes(RefinedMapPicture.plain(map));
    }

    private StoredAnswer accepted(String id, Optional<Job> made) {
        return submissions.answer(made.orElseThrow(() -> InversionsResource.missing(id)));
    }

    private static Response response(IdempotencyHeader.Given given) {
        return given.mark(Response.status(given.answer().status())
                        .entity(given.answer().body()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .location(URI.create(given.answer().location()))
                .build();
    }
}
