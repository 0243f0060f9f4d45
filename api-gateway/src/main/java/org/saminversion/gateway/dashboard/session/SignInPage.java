package org.saminversion.gateway.dashboard.session;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestForm;
import org.saminversion.gateway.access.Callers;
import org.saminversion.gateway.access.NeedsNoKey;
import org.saminversion.gateway.access.Session;
import org.saminversion.model.access.ApiKey;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.KeyText;
import org.saminversion.model.access.SessionStore;
import org.saminversion.model.access.SessionToken;

/** Exchanges a key for a session, so that the key itself is neither stored in the browser nor part of an address. */
@Path("/dashboard")
@Produces(MediaType.TEXT_HTML)
@NeedsNoKey
public class SignInPage {
    private static final String FIRST_PAGE = "/dashboard";

    private final KeyStore keys;
    private final SessionStore sessions;
    private final Callers callers;
    private final Duration lifetime;

    SignInPage(
            KeyStore keys,
            SessionStore sessions,
            Callers callers,
            @ConfigProperty(name = "sam.dashboard.session") Duration lifetime) {
        this.keys = keys;
        this.sessions = sessions;
        this.callers = callers;
        this.lifetime = lifetime;
    }

    @CheckedTemplate(basePath = "dashboard/session")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance signIn(String to, boolean refused);
    }

    @GET
    @Path("sign-in")
    public TemplateInstance show(@QueryParam("to") Optional<String> to) {
        return Templates.signIn(ownPage(to), false);
    }

    @POST
    @Path("sign-in")
    public Uni<Response> signIn(@RestForm String key, @RestForm String to, @Context UriInfo request) {
        String page = ownPage(Optional.ofNullable(to));
        return find(Optional.ofNullable(key).orElse("").strip())
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(refusal(page))
                        : sessions.open(found.get(), lifetime)
                                .map(token -> Response.seeOther(URI.create(page))
                                        .cookie(Session.cookie(token.reveal(), lifetime, isSecure(request)))
                                        .build()));
    }

    @POST
    @Path("sign-out")
    public Uni<Response> signOut(@CookieParam(Session.COOKIE) Optional<String> cookie, @Context UriInfo request) {
        Response signedOut = Response.seeOther(URI.create(Session.SIGN_IN))
                .cookie(Session.ended(isSecure(request)))
                .build();
        return cookie.flatMap(SessionToken::parse)
                .map(token -> sessions.close(token)
                        .invoke(() -> callers.forget(token))
                        .replaceWith(signedOut))
                .orElse(Uni.createFrom().item(signedOut));
    }

    private Uni<Optional<ApiKey>> find(String key) {
        return KeyText.parse(key).map(keys::find).orElse(Uni.createFrom().item(Optional.empty()));
    }

    private static Response refusal(String page) {
        return Response.status(Response.Status.UNAUTHORIZED)
                .entity(Templates.signIn(page, true))
                .build();
    }

    private static boolean isSecure(UriInfo request) {
        return request.getRequestUri().getScheme().equals("https");
    }

    /** Only pages of ours: a link to the sign-in page must not lead on to another site. */
    private static String ownPage(Optional<String> to) {
        return to.filter(page -> page.matches("/dashboard(/[A-Za-z0-9/_-]*)?")).orElse(FIRST_PAGE);
    }
}
