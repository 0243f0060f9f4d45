package org.saminversion.gateway.callbacks;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.Callback;
import org.saminversion.model.callback.CallbackEvent;
import org.saminversion.model.callback.Endpoint;
import org.saminversion.model.callback.EndpointDraft;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.callback.EndpointStore;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.Once;
import org.saminversion.model.store.StoredAnswer;
import org.saminversion.outbound.OutboundFailure;
import org.saminversion.outbound.OutboundHttp;
import org.saminversion.webhook.Secrets;

/** Finds or makes the endpoint that a request names. */
@ApplicationScoped
public class Callbacks {
    private final EndpointStore endpoints;
    private final OutboundHttp http;
    private final Secrets secrets;
    private final Supplier<UUID> ids = UUID::randomUUID;

    Callbacks(EndpointStore endpoints, OutboundHttp http, Secrets secrets) {
        this.endpoints = endpoints;
        this.http = http;
        this.secrets = secrets;
    }

    /** Blocks while it looks up the URL's host. The result fails with {@link ProblemFailure} if the endpoint is not known. */
    public Uni<Callback> resolve(Tenant tenant, CallbackRequest request) {
        Uni<Endpoint> endpoint = request.url().isPresent()
                ? obtain(tenant, new EndpointDraft(checked(request.url().get()), "", CallbackEvent.DEFAULT))
                        .map(EndpointStore.Obtained::endpoint)
                : find(tenant, request.endpoint().orElseThrow());
        return endpoint.map(found -> new Callback(found.id(), request.events().orElse(found.events())));
    }

    /** The endpoint of that URL, new or known. */
    Uni<EndpointStore.Obtained> obtain(Tenant tenant, EndpointDraft draft) {
        return bounded(endpoints.obtain(tenant, draft, new EndpointId(ids.get()), secrets.create()));
    }

    /** The same at most once for each key. @param answer what the caller is told; if it throws, the key stays free */
    Uni<Once> obtainOnce(
            EndpointDraft draft, IdempotencyKey key, Function<EndpointStore.Obtained, StoredAnswer> answer) {
        return bounded(endpoints.obtainOnce(draft, new EndpointId(ids.get()), secrets.create(), key, answer));
    }

    private static <T> Uni<T> bounded(Uni<T> making) {
        return making.onFailure(EndpointStore.TooMany.class)
                .transform(refused -> new ProblemFailure(ProblemKind.ENDPOINTS_TOO_MANY, refused.getMessage()));
    }

    /** @throws ProblemFailure of kind callback-url-refused. Blocks while it looks up the host */
    String checked(String url) {
        try {
            return http.check(url).toString();
        } catch (OutboundFailure.Refused e) {
            throw new ProblemFailure(ProblemKind.CALLBACK_URL_REFUSED, e.getMessage());
        }
    }

    private Uni<Endpoint> find(Tenant tenant, String id) {
        return EndpointId.parse(id)
                .map(known -> endpoints.find(tenant, known))
                .orElseThrow(() -> unknown(id))
                .map(found -> found.orElseThrow(() -> unknown(id)));
    }

    private static ProblemFailure unknown(String id) {
        return new ProblemFailure(
                ProblemKind.ENDPOINT_UNKNOWN,
                "There is no endpoint " + id + "; yours are listed at " + EndpointsResource.PATH + ".");
    }
}
