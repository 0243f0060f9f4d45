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
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.ApiKey;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.KeyText;
import org.saminversion.model.access.Scope;
import org.saminversion.model.access.SessionStore;
import org.saminversion.model.access.SessionToken;

/** Finds out who makes a request. Without keys, which only loopback allows, everybody is the tenant of the configuration. */
@ApplicationScoped
public class Callers {
    /** A revoked key is refused after this at the latest. */
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int REMEMBERED_MAX = 10_000;
    private static final String SCHEME = "Bearer ";
    private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer");

    private final KeyStore keys;
    private final SessionStore sessions;
    private final InstantSource clock;
    private final boolean required;
    private final String host;
    private final Caller anybody;
    private final AsyncCache<String, Optional<ApiKey>> known = memory();
    private final AsyncCache<String, Optional<ApiKey>> signedIn = memory();

    Callers(
            KeyStore keys,
            SessionStore sessions,
            InstantSource clock,
            @ConfigProperty(name = "sam.keys.required") boolean required,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "sam.tenant") String tenant) {
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
        this.required = required;
        this.host = host;
        this.anybody = new Caller(new Tenant(tenant), EnumSet.allOf(Scope.class), false);
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
     * not required, because the caller expects to be another tenant. A session that has ended is as good as none.
     *
     * @param authorization the header of that name
     * @param session value of the cookie of that name, which only counts without the header
     */
    Uni<Caller> identify(Optional<String> authorization, Optional<String> session) {
        if (authorization.isPresent()) {
            return caller(authorization.get());
        }
        return session.flatMap(SessionToken::parse)
                .map(token -> find(token).map(found -> found.orElseGet(this::withoutKey)))
                .orElseGet(() -> Uni.createFrom().item(this::withoutKey));
    }

    /** To be called when a browser signs out: no request may come through because its session is remembered. */
    public void forget(SessionToken token) {
        signedIn.synchronous().invalidate(token.sha256());
    }

    private Caller withoutKey() {
        if (required) {
            throw new ProblemFailure(
                    ProblemKind.KEY_MISSING, "Send a key in the header \"Authorization: Bearer sam_...\".", CHALLENGE);
        }
        return anybody;
    }

    private Uni<Caller> caller(String header) {
        Optional<KeyText> text = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? KeyText.parse(header.substring(SCHEME.length()).strip())
                : Optional.empty();
        return text.isEmpty() ? Uni.createFrom().failure(invalid()) : find(text.get());
    }

    private Uni<Caller> find(KeyText text) {
        // The digest stands for the key, so that no copy of this memory opens the service for long.
        return look(known, text.id() + text.sha256(), () -> keys.find(text))
                .map(found -> caller(found, false).orElseThrow(Callers::invalid));
    }

    private Uni<Optional<Caller>> find(SessionToken token) {
        return look(signedIn, token.sha256(), () -> sessions.find(token)).map(found -> caller(found, true));
    }

    private Optional<Caller> caller(Optional<ApiKey> found, boolean signedIn) {
        return found.filter(key -> key.isLive(clock.instant()))
                .map(key -> new Caller(key.tenant(), key.scopes(), signedIn));
    }

    private static Uni<Optional<ApiKey>> look(
            AsyncCache<String, Optional<ApiKey>> memory, String name, Supplier<Uni<Optional<ApiKey>>> store) {
        return Uni.createFrom()
                .completionStage(
                        () -> memory.get(name, (same, executor) -> store.get().subscribeAsCompletionStage()));
    }

    private static AsyncCache<String, Optional<ApiKey>> memory() {
        return Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .maximumSize(REMEMBERED_MAX)
                .buildAsync();
    }

    private static ProblemFailure invalid() {
        return new ProblemFailure(
                ProblemKind.KEY_INVALID,
                "The key is not known, was revoked, or has ended. Send \"Authorization: Bearer sam_...\" with a live key.",
                CHALLENGE);
    }
}
