package org.saminversion.gateway.studies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.Cells;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.model.Content;
import org.saminversion.model.Tenant;
import org.saminversion.model.study.Picture;
import org.saminversion.model.study.Side;
import org.saminversion.model.study.Study;
import org.saminversion.model.study.Vote;
import org.saminversion.model.study.VoteStore;

/** What raters see of a study, and their votes. Nothing here tells which contender is on which side. */
@Path(StudiesResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class BallotsResource {
    private static final String CSV = "text/csv";
    private static final int RATER_LENGTH_MAX = 60;

    private final Studies studies;
    private final VoteStore votes;
    private final CurrentTenant tenant;
    private final ObjectMapper json;

    BallotsResource(Studies studies, VoteStore votes, CurrentTenant tenant, ObjectMapper json) {
        this.studies = studies;
        this.votes = votes;
        this.tenant = tenant;
        this.json = json;
    }

    @GET
    @Path("next")
    @Operation(
            summary = "The next pair for a rater; 204 if there is none",
            description =
                    "Each rater sees the pairs in an order of its own, with the two methods on sides that the study's"
                            + " seed decides. A pair that has votesPerPair votes is not shown any more.")
    public Uni<Response> next(@PathParam("id") String id, @QueryParam("rater") Optional<String> rater) {
        Tenant owner = tenant.get();
        String name = rater(rater);
        return studies.find(owner, id)
                .chain(study -> Waiting.inTime(votes.next(owner, study, name))
                        .map(found -> found.map(ballot -> Response.ok(BallotView.of(study, ballot, name))
                                        .build())
                                .orElseGet(() -> Response.noContent().build())));
    }

    @GET
    @Path("pairs/{pair}/{place}")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary = "A picture of a pair as this rater sees it",
            description = "place is left, right, or photograph for what both methods were given.")
    public Uni<Response> picture(
            @PathParam("id") String id,
            @PathParam("pair") String pair,
            @PathParam("place") String place,
            @QueryParam("rater") Optional<String> rater) {
        Tenant owner = tenant.get();
        NotFoundException missing =
                new NotFoundException("The study " + id + " has no picture \"" + place + "\" of a pair " + pair + ".");
        if (!pair.matches("[1-9][0-9]{0,8}")) {
            throw missing;
        }
        int number = Integer.parseInt(pair);
        return studies.find(owner, id)
                .chain(study -> Waiting.inTime(
                        switch (place) {
                            case "photograph" -> votes.picture(owner, study, number, Picture.PHOTOGRAPH);
                            case "left" -> votes.picture(owner, study, number, rater(rater), Side.LEFT);
                            case "right" -> votes.picture(owner, study, number, rater(rater), Side.RIGHT);
                            default -> throw missing;
                        }))
                .map(found -> picture(found.orElseThrow(() -> missing)));
    }

    private static Response picture(Content content) {
        return Response.ok(content.bytes(), content.mediaType())
                .header("Cache-Control", "private, max-age=86400")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    @POST
    @Blocking
    @Path("votes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "A rater's choice of one pair",
            description =
                    "The body is {\"rater\": \"ada\", \"pair\": 3, \"chosen\": \"left\"}. A later vote of the same"
                            + " rater on the same pair takes the place of the earlier one.")
    public Uni<Response> vote(@PathParam("id") String id, String body) throws JsonProcessingException {
        Tenant owner = tenant.get();
        JsonNode tree = json.readTree(body == null ? "" : body);
        if (!tree.isObject()) {
            throw JsonFields.malformed(
                    "The body must be JSON such as {\"rater\": \"ada\", \"pair\": 3, \"chosen\": \"left\"}.");
        }
        JsonFields.requireKnown(tree, Set.of("rater", "pair", "chosen"));
        String rater = rater(JsonFields.string(tree, "rater"));
        int pair = JsonFields.number("pair", JsonFields.scalar(tree, "pair"), Integer::valueOf)
                .orElseThrow(() -> JsonFields.malformed("The vote lacks its pair."));
        Side side = JsonFields.word(
                "chosen",
                Side.values(),
                JsonFields.string(tree, "chosen")
                        .orElseThrow(() -> JsonFields.malformed("The vote lacks what was chosen.")));
        return studies.find(owner, id)
                .chain(study -> Waiting.inTime(votes.vote(owner, study, pair, rater, side)))
                .map(stored -> {
                    if (!stored) {
                        throw new NotFoundException("The study " + id + " has no pair " + pair + ".");
                    }
                    return Response.noContent().build();
                });
    }

    @GET
    @Path("votes")
    @Produces(CSV)
    @Operation(summary = "All votes as CSV: what was chosen, and on which side it was")
    public Uni<Response> votes(@PathParam("id") String id) {
        Tenant owner = tenant.get();
        return studies.find(owner, id)
                .chain(study -> Waiting.inTime(votes.votes(owner, study.id()))
                        .map(all -> Response.ok(csv(study, all), CSV + "; charset=utf-8")
                                .header("Content-Disposition", "attachment; filename=\"study-" + id + ".csv\"")
                                .build()));
    }

    private static String csv(Study study, List<Vote> votes) {
        StringBuilder csv = new StringBuilder(Cells.line(
                "pair", "rater", "chosen", "contender", "side", "firstInversion", "secondInversion", "createdAt"));
        for (Vote vote : votes) {
            csv.append(Cells.line(
                    vote.pair(),
                    vote.rater(),
                    vote.chosen().name().toLowerCase(Locale.ROOT),
                    switch (vote.chosen()) {
                        case FIRST -> study.first();
                        case SECOND -> study.second();
                    },
                    vote.side().name().toLowerCase(Locale.ROOT),
                    vote.firstJob(),
                    vote.secondJob(),
                    vote.created()));
        }
        return csv.toString();
    }

    private static String rater(Optional<String> given) {
        String rater = given.map(String::strip).orElse("");
        if (rater.isEmpty()
                || rater.length() > RATER_LENGTH_MAX
                || rater.chars().anyMatch(Character::isISOControl)) {
            throw JsonFields.malformed("rater must be a name of 1 to " + RATER_LENGTH_MAX + " printable characters.");
        }
        return rater;
    }
}
