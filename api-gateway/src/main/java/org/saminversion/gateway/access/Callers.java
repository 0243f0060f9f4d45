package org.saminversion.gateway.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.gateway.ProblemFailure;
import org.saminversion.gateway.ProblemKind;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.ApiKey;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.KeyText;
import org.saminversion.model.access.Scope;

/** Finds out who makes a request. Without keys, which only loopback allows, everybody is the tenant of the configuration. */
@ApplicationScoped
class Callers {
    /** A revoked key is refused after this at the latest. */
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int REMEMBERED_MAX = 10_000;
    private static final String SCHEME = "Bearer ";
    private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer");

    private final KeyStore keys;
    private final InstantSource clock;
    private final boolean required;
    private final String host;
    private final Caller anybody;
    private final AsyncCache<String, Optional<ApiKey>> known = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(REMEMBERED_MAX)
            .buildAsync();

    Callers(
            KeyStore keys,
            InstantSource clock,
            @ConfigProperty(name = "sam.keys.required") boolean required,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "sam.tenant") String tenant) {
        this.keys = keys;
        this.clock = clock;
        this.required = required;
        this.host = host;
        this.anybody = new Caller(new Tenant(tenant), EnumSet.allOf(Scope.class));
    }

    void refuseToStandOpen(@Observes StartupEvent event) throws UnknownHostException {
        if (!required && !InetAddress.getByName(host).isLoopbackAddress()) {
            throw new IllegalStateException("The service would listen on " + host
                    + " and do what anybody asks: set sam.keys.required=true and make keys with ./sam keys create,"
                    + " or let it listen on 127.0.0.1.");
        }
    }

    /**
     * The caller of a request. Fails with a problem if it has to have a key, or has one that is not valid: also where keys are
     * not required, because the caller expects to be another tenant.
     *
     * @param authorization the header of that name
     */
    Uni<Caller> identify(Optional<String> authorization) {
        if (authorization.isEmpty() && !required) {
            return Uni.createFrom().item(anybody);
        }
        String header = authorization.orElseThrow(() -> new ProblemFailure(
                ProblemKind.KEY_MISSING, "Send a key in the header \"Authorization: Bearer sam_...\".", CHALLENGE));
        Optional<KeyText> text = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? KeyText.parse(header.substring(SCHEME.length()).strip())
                : Optional.empty();
        return text.isEmpty() ? Uni.createFrom().failure(invalid()) : find(text.get());
    }

    private Uni<Caller> find(KeyText text) {
        // The digest stands for the key, so that no copy of this memory opens the service for long.
        return Uni.createFrom()
                .completionStage(() -> known.get(
                        text.id() + text.sha256(),
                        (name, executor) -> keys.find(text).subscribeAsCompletionStage()))
                .map(found -> found.filter(key -> key.isLive(clock.instant()))
                        .map(key -> new Caller(key.tenant(), key.scopes()))
                        .orElseThrow(Callers::invalid));
    }

    private static ProblemFailure invalid() {
        return new ProblemFailure(
                ProblemKind.KEY_INVALID,
                "The key is not known, was revoked, or has ended. Send \"Authorization: Bearer sam_...\" with a live key.",
                CHALLENGE);
    }
}
