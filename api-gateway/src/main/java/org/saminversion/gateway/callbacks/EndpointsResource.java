package org.saminversion.gateway.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.access.Needs;
import org.saminversion.gateway.http.IdempotencyHeader;
import org.saminversion.gateway.http.ListPage;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.Scope;
import org.saminversion.model.callback.Endpoint;
import org.saminversion.model.callback.EndpointDraft;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.callback.EndpointStore;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.StoredAnswer;
import org.saminversion.webhook.Secrets;

/** Where callers want to be called back. */
@Path(EndpointsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Needs(Scope.ADMIN)
public class EndpointsResource {
    static final String PATH = "/v1/endpoints";

    private final EndpointStore endpoints;
    private final EndpointReader reader;
    private final Callbacks callbacks;
    private final Secrets secrets;
    private final CurrentTenant tenant;
    private final Duration secretOverlap;
    private final Supplier<UUID> ids = UUID::randomUUID;

    EndpointsResource(
            EndpointStore endpoints,
            EndpointReader reader,
            Callbacks callbacks,
            Secrets secrets,
            CurrentTenant tenant,
            @ConfigProperty(name = "sam.callbacks.secret-overlap") Duration secretOverlap) {
        this.endpoints = endpoints;
        this.reader = reader;
        this.callbacks = callbacks;
        this.secrets = secrets;
        this.tenant = tenant;
        this.secretOverlap = secretOverlap;
    }

    /** The secrets that sign messages now, the present one first. */
    public record SecretsView(List<String> secrets) {}

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Create an endpoint", description = "The answer is the one that shows its secret by itself.")
    public Uni<Response> create(@Context HttpHeaders headers, String body) throws JsonProcessingException {
        Tenant owner = tenant.get();
        EndpointDraft draft = reader.read(body);
        Optional<IdempotencyKey> key = IdempotencyHeader.read(headers, owner, "POST " + PATH, draft.toString());
        Uni<IdempotencyHeader.Given> made = key.isPresent()
                ? callbacks
                        .obtainOnce(draft, key.get(), EndpointsResource::stored)
                        .map(IdempotencyHeader::given)
                : callbacks.obtain(owner, draft).map(obtained -> new IdempotencyHeader.Given(stored(obtained), false));
        return Waiting.inTime(made).chain(given -> created(owner, given));
    }

    /** The secret is not kept with the answer: it is shown as it is now. */
    private static StoredAnswer stored(EndpointStore.Obtained obtained) {
        if (!obtained.created()) {
            throw exists(obtained.endpoint().id());
        }
        return new StoredAnswer(
                Response.Status.CREATED.getStatusCode(),
                PATH + "/" + obtained.endpoint().id(),
                "{}");
    }

    private Uni<Response> created(Tenant owner, IdempotencyHeader.Given given) {
        EndpointId id = parse(given.lastOfLocation());
        return one(id.toString(), endpoints.find(owner, id))
                .chain(endpoint -> secrets(owner, id)
                        .map(live -> given.mark(Response.created(
                                        URI.create(given.answer().location())))
                                .entity(EndpointView.of(endpoint, Optional.of(live.get(0))))
                                .build()));
    }

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Endpoints, newest first")
    public Uni<ListPage<EndpointView>> list(
            @QueryParam("limit") Optional<String> limit, @QueryParam("after") Optional<String> after) {
        int size = ListPage.size(limit);
        return Waiting.inTime(endpoints.list(tenant.get(), ListPage.position(after), size))
                .map(page -> ListPage.of(page, EndpointView::of, PATH + "?limit=" + size));
    }

    @GET
    @Path("{id}")
    @Needs(Scope.READ)
    @Operation(summary = "One endpoint")
    public Uni<EndpointView> get(@PathParam("id") String id) {
        return one(id, endpoints.find(tenant.get(), parse(id))).map(EndpointView::of);
    }

    @PATCH
    @Path("{id}")
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change url, description or events; messages that wait go to the new URL")
    public Uni<EndpointView> update(@PathParam("id") String id, String body) throws JsonProcessingException {
        Tenant owner = tenant.get();
        EndpointId endpoint = parse(id);
        Endpoint present = one(id, endpoints.find(owner, endpoint)).await().indefinitely();
        return one(id, endpoints.update(owner, endpoint, reader.read(body, present)))
                .onFailure(EndpointStore.UrlTaken.class)
                .transform(taken -> new ProblemFailure(ProblemKind.ENDPOINT_EXISTS, taken.getMessage()))
                .map(EndpointView::of);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete an endpoint with its deliveries; nobody is told any more")
    public Uni<Response> delete(@PathParam("id") String id) {
        return Waiting.inTime(endpoints.delete(tenant.get(), parse(id))).map(deleted -> {
            if (!deleted) {
                throw missing(id);
            }
            return Response.noContent().build();
        });
    }

    @GET
    @Path("{id}/secret")
    @Operation(summary = "The secrets that sign messages now, the present one first")
    public Uni<SecretsView> secret(@PathParam("id") String id) {
        return one(id, endpoints.secrets(tenant.get(), parse(id))).map(SecretsView::new);
    }

    @POST
    @Path("{id}/secret/rotate")
    @Operation(summary = "Sign with a new secret, and for a day with the present one as well")
    public Uni<EndpointView> rotate(@PathParam("id") String id) {
        String secret = secrets.create();
        return one(id, endpoints.rotate(tenant.get(), parse(id), secret, secretOverlap))
                .map(endpoint -> EndpointView.of(endpoint, Optional.of(secret)));
    }

    @POST
    @Path("{id}/ping")
    @Operation(summary = "Send a test message")
    public Uni<Response> ping(@PathParam("id") String id) {
        return one(id, endpoints.ping(tenant.get(), parse(id), ids.get())).map(DeliveriesResource::accepted);
    }

    @POST
    @Path("{id}/disable")
    @Operation(summary = "Send nothing there any more; messages that wait are GONE")
    public Uni<EndpointView> disable(@PathParam("id") String id) {
        return one(id, endpoints.disable(tenant.get(), parse(id))).map(EndpointView::of);
    }

    @POST
    @Path("{id}/enable")
    @Operation(summary = "Send there again; messages that are GONE can be redelivered")
    public Uni<EndpointView> enable(@PathParam("id") String id) {
        return one(id, endpoints.enable(tenant.get(), parse(id))).map(EndpointView::of);
    }

    private Uni<List<String>> secrets(Tenant owner, EndpointId id) {
        return one(id.toString(), endpoints.secrets(owner, id));
    }

    private static <T> Uni<T> one(String id, Uni<Optional<T>> found) {
        return Waiting.inTime(found).map(value -> value.orElseThrow(() -> missing(id)));
    }

    private static EndpointId parse(String id) {
        return EndpointId.parse(id).orElseThrow(() -> missing(id));
    }

    private static NotFoundException missing(String id) {
        return new NotFoundException("There is no endpoint " + id + "; yours are listed at " + PATH + ".");
    }

    private static ProblemFailure exists(EndpointId id) {
        return new ProblemFailure(
                ProblemKind.ENDPOINT_EXISTS, "The endpoint " + id + " has this URL already: use or change that one.");
    }
}
