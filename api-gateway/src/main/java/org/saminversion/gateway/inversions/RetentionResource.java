package org.saminversion.gateway.inversions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.store.JobStore;

/** How long an inversion and its results are kept. */
@Path(InversionsResource.PATH + "/{id}/retention")
@Produces(MediaType.APPLICATION_JSON)
public class RetentionResource {
    private static final String MALFORMED = "request-malformed";

    private final JobStore jobs;
    private final CurrentTenant tenant;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Duration longest;

    RetentionResource(
            JobStore jobs,
            CurrentTenant tenant,
            ObjectMapper json,
            InstantSource clock,
            @ConfigProperty(name = "sam.jobs.retention-max") Duration longest) {
        this.jobs = jobs;
        this.tenant = tenant;
        this.json = json;
        this.clock = clock;
        this.longest = longest;
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            summary = "Keep longer or shorter, or pin",
            description =
                    "A JSON object with expiresAt, a time in the future, or pinned, or both. What is pinned is kept"
                            + " after expiresAt until it is unpinned.")
    public Uni<InversionView> change(@PathParam("id") String id, String body) throws JsonProcessingException {
        JsonNode tree = json.readTree(body);
        if (!tree.isObject() || tree.isEmpty()) {
            throw new JobFailure.Rejected(MALFORMED, "The body must be a JSON object with expiresAt, pinned, or both.");
        }
        JsonFields.requireKnown(tree, Set.of("expiresAt", "pinned"));
        return Waiting.inTime(jobs.keep(tenant.get(), InversionsResource.parse(id), expires(tree), pinned(tree)))
                .map(found -> InversionView.summary(found.orElseThrow(() -> InversionsResource.missing(id))));
    }

    private Optional<Instant> expires(JsonNode tree) {
        if (!tree.has("expiresAt")) {
            return Optional.empty();
        }
        Instant expires = time(tree.get("expiresAt"));
        Instant now = clock.instant();
        if (!expires.isAfter(now) || expires.isAfter(now.plus(longest))) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "expiresAt must be in the future and at most " + longest.toDays() + " days from now.");
        }
        return Optional.of(expires);
    }

    private static Instant time(JsonNode value) {
        try {
            return OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeException e) {
            throw new JobFailure.Rejected(MALFORMED, "expiresAt must be a time such as 2026-12-31T00:00:00Z.", e);
        }
    }

    private static Optional<Boolean> pinned(JsonNode tree) {
        if (!tree.has("pinned")) {
            return Optional.empty();
        }
        if (!tree.get("pinned").isBoolean()) {
            throw new JobFailure.Rejected(MALFORMED, "pinned must be true or false.");
        }
        return Optional.of(tree.get("pinned").booleanValue());
    }
}
